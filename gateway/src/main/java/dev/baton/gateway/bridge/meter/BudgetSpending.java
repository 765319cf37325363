package dev.baton.gateway.bridge.meter;

import dev.baton.persistence.budget.Amount;
import dev.baton.persistence.budget.BudgetSettings;
import dev.baton.persistence.budget.Budgets;
import dev.baton.persistence.budget.Limit;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.ledger.CallEnd;
import dev.baton.persistence.ledger.CallId;
import dev.baton.persistence.ledger.Price;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Has calls paid from the budgets of their owners. */
public final class BudgetSpending implements Spending {
    private final Budgets budgets;
    private final BudgetSettings settings;
    private final String currency;

    public BudgetSpending(Budgets budgets, BudgetSettings settings, String currency) {
        this.budgets = budgets;
        this.settings = settings;
        this.currency = currency;
    }

    @Override
    public CompletionStage<Optional<Failure>> reserve(CallId call, Opening opening) {
        return budgets.reserve(call.value(), opening.asker().owner(), () -> most(opening))
                .thenApply(refusal -> refusal.map(this::failure));
    }

    @Override
    public void settle(Opening opening, CallEnd end) {
        Usage usage = end.usage();
        budgets.settle(
                end.id().value(),
                usage == null ? Amount.NOTHING : new Amount(end.cost(), usage.inputTokens() + usage.outputTokens()));
    }

    /** What the call may use at most, as far as anybody knows before it is made. */
    private Amount most(Opening opening) {
        long input = opening.characters().getAsLong() / settings.charactersPerToken() + 1;
        long output = opening.mostOutput().orElse(settings.outputTokens());
        Price price = opening.target().price();
        BigDecimal cost = price == null ? BigDecimal.ZERO : price.of(new Usage(input, output, 0, 0));
        return new Amount(cost, input + output);
    }

    private Failure failure(Budgets.Refusal refusal) {
        return new Failure(
                "the budget of %s for %s is used up"
                        .formatted(
                                refusal.budget().payer(),
                                refusal.window().equals("total") ? "all time" : refusal.window()),
                detail(refusal),
                FailureKind.BUDGET_EXCEEDED,
                null,
                /* retryable= */ false,
                null);
    }

    private String detail(Budgets.Refusal refusal) {
        Limit limit = refusal.budget().limit();
        var sentences = new ArrayList<String>();
        BigDecimal cost = limit.cost();
        if (cost != null) {
            sentences.add(sentence(
                    money(refusal.spent().cost()),
                    money(cost),
                    money(refusal.reserved().cost()),
                    money(refusal.asked().cost())));
        }
        if (limit.tokens() != null) {
            sentences.add(sentence(
                    tokens(refusal.spent()),
                    limit.tokens() + " tokens",
                    tokens(refusal.reserved()),
                    tokens(refusal.asked())));
        }
        return String.join("; ", List.copyOf(sentences));
    }

    private static String sentence(String spent, String limit, String reserved, String asked) {
        return "%s of %s spent, %s reserved by calls under way, and this one may take %s"
                .formatted(spent, limit, reserved, asked);
    }

    private static String tokens(Amount amount) {
        return amount.tokens() + " tokens";
    }

    private String money(BigDecimal amount) {
        String number = amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
        return number + " " + currency;
    }
}
