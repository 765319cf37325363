package dev.baton.persistence.budget;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.sharding.typed.ClusterShardingSettings;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import dev.baton.persistence.ledger.LedgerReads;
import dev.baton.persistence.schema.Database;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What owners may spend, from any node: the budgets that operators set, and the account of each payer.
 *
 * <p>Whoever has no budget costs nothing here. A call whose owner pays from several budgets is reserved in each, or in none.
 */
public final class Budgets {
    private final BudgetBook book;
    private final LedgerOutcomes ledger;
    private final BudgetSettings settings;
    private final ActorSystem<?> system;
    private final ClusterSharding sharding;
    private final Executor executor;
    private final Clock clock;
    private final BudgetTable table;
    /** Which accounts hold something for a call that was begun here. */
    private final Map<UUID, List<Payer>> holders = new ConcurrentHashMap<>();

    private Budgets(
            ActorSystem<?> system, Database database, LedgerReads ledger, BudgetSettings settings, Clock clock) {
        this.table = new BudgetTable(database, settings.answerLimit());
        this.executor = database.executor();
        this.book = new BudgetBook(() -> run(table::all), settings.refresh(), clock);
        this.ledger = new LedgerOutcomes(ledger, executor, clock);
        this.settings = settings;
        this.system = system;
        this.sharding = ClusterSharding.get(system);
        this.clock = clock;
    }

    /** Lets this node carry accounts. */
    public static Budgets start(
            ActorSystem<?> system, Database database, LedgerReads ledger, BudgetSettings settings, Clock clock) {
        var budgets = new Budgets(system, database, ledger, settings, clock);
        var host = new Account.Host(budgets.ledger, settings);
        ActorRef<?> unused = budgets.sharding.init(
                Entity.of(Account.KEY, entity -> Account.create(entity.getEntityId(), host, entity.getShard()))
                        .withStopMessage(new Account.Stop())
                        .withSettings(ClusterShardingSettings.create(system).withNoPassivationStrategy()));
        return budgets;
    }

    /** Why a call may not be made: {@code budget} has spent and reserved so much. */
    public record Refusal(Budget budget, String window, Amount spent, Amount reserved, Amount asked) {}

    /** A budget and what is spent of it. */
    public record Standing(Budget budget, String window, Amount spent, Amount reserved) {}

    /**
     * Sets aside what a call of {@code owner} may cost; yields why not. {@code upTo} is asked for when there is a budget.
     * Fails when nobody can say.
     */
    public CompletionStage<Optional<Refusal>> reserve(UUID call, String owner, Supplier<Amount> upTo) {
        return book.of(owner).thenCompose(budgets -> {
            if (budgets.isEmpty()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            holders.put(call, budgets.stream().map(Budget::payer).toList());
            Amount most = upTo.get();
            CompletionStage<Optional<Refusal>> all = CompletableFuture.completedFuture(Optional.empty());
            for (Budget budget : budgets) {
                all = all.thenCompose(refused ->
                        refused.isPresent() ? CompletableFuture.completedFuture(refused) : reserve(call, budget, most));
            }
            return all;
        });
    }

    /** The call has ended; also one that was refused, of which a part may be reserved. */
    public void settle(UUID call, Amount spent) {
        List<Payer> payers = holders.remove(call);
        if (payers != null) {
            payers.forEach(payer -> tell(payer, new Account.Settle(call, spent)));
        }
    }

    private CompletionStage<Optional<Refusal>> reserve(UUID call, Budget budget, Amount upTo) {
        String window = budget.window().at(clock.instant());
        return reserve(call, budget, upTo, window, null)
                .thenCompose(reply -> reply instanceof Account.NotOpen
                        ? ledger.spent(budget)
                                .thenCompose(spent -> reserve(call, budget, upTo, window, spent.orElse(Amount.NOTHING)))
                                .thenApply(again -> refusal(budget, window, upTo, again))
                        : CompletableFuture.completedFuture(refusal(budget, window, upTo, reply)));
    }

    private CompletionStage<Account.Reply> reserve(
            UUID call, Budget budget, Amount upTo, String window, @Nullable Amount before) {
        return ask(budget.payer(), replyTo -> new Account.Reserve(call, upTo, budget.limit(), window, before, replyTo));
    }

    private static Optional<Refusal> refusal(Budget budget, String window, Amount upTo, Account.Reply reply) {
        if (reply instanceof Account.Denied denied) {
            return Optional.of(new Refusal(budget, window, denied.spent(), denied.reserved(), upTo));
        }
        if (reply instanceof Account.NotOpen) {
            throw new IllegalStateException("the account of " + budget.payer() + " does not open");
        }
        return Optional.empty();
    }

    /** All budgets and what is spent of each. */
    public CompletionStage<List<Standing>> all() {
        return run(table::all).thenCompose(budgets -> {
            CompletionStage<List<Standing>> all = CompletableFuture.completedFuture(List.of());
            for (Budget budget : budgets) {
                all = all.thenCombine(standing(budget), (before, one) -> {
                    var more = new ArrayList<>(before);
                    more.add(one);
                    return more;
                });
            }
            return all;
        });
    }

    public CompletionStage<Optional<Standing>> of(Payer payer) {
        return run(table::all)
                .thenCompose(budgets -> budgets.stream()
                        .filter(budget -> budget.payer().equals(payer))
                        .findFirst()
                        .map(budget -> standing(budget).thenApply(Optional::of))
                        .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty())));
    }

    /** An account that nobody has asked yet in this window is what the ledger says. */
    private CompletionStage<Standing> standing(Budget budget) {
        String window = budget.window().at(clock.instant());
        return this.<Account.View>ask(budget.payer(), Account.Look::new)
                .thenCompose(view -> view.window().equals(window)
                        ? CompletableFuture.completedFuture(new Standing(budget, window, view.spent(), view.reserved()))
                        : ledger.spent(budget)
                                .thenApply(spent ->
                                        new Standing(budget, window, spent.orElse(Amount.NOTHING), Amount.NOTHING)));
    }

    /** What other nodes know of it follows within the refresh time. */
    public CompletionStage<Standing> put(Budget budget) {
        return run(() -> {
                    table.put(budget);
                    return budget;
                })
                .thenCompose(done -> {
                    book.forget();
                    return standing(budget);
                });
    }

    /** Whether there was one. */
    public CompletionStage<Boolean> remove(Payer payer) {
        return run(() -> table.remove(payer)).thenApply(removed -> {
            book.forget();
            tell(payer, new Account.Close());
            return removed;
        });
    }

    private void tell(Payer payer, Account.Command command) {
        sharding.entityRefFor(Account.KEY, payer.key()).tell(command);
    }

    private <T> CompletionStage<T> ask(Payer payer, Function<ActorRef<T>, Account.Command> question) {
        return AskPattern.<Account.Command, T>ask(
                sharding.entityRefFor(Account.KEY, payer.key()),
                question::apply,
                settings.answerLimit(),
                system.scheduler());
    }

    private <T> CompletionStage<T> run(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, executor);
        } catch (RejectedExecutionException busy) {
            return CompletableFuture.failedFuture(busy);
        }
    }
}
