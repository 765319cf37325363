package dev.baton.gateway.node;

import dev.baton.gateway.http.BudgetDesk;
import dev.baton.persistence.budget.Budget;
import dev.baton.persistence.budget.Budgets;
import dev.baton.persistence.budget.Budgets.Standing;
import dev.baton.persistence.budget.Payer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Has the API set budgets. */
record AskedBudgets(Budgets budgets) implements BudgetDesk {

    @Override
    public CompletionStage<List<Standing>> all() {
        return budgets.all();
    }

    @Override
    public CompletionStage<Optional<Standing>> of(Payer payer) {
        return budgets.of(payer);
    }

    @Override
    public CompletionStage<Standing> put(Budget budget) {
        return budgets.put(budget);
    }

    @Override
    public CompletionStage<Boolean> remove(Payer payer) {
        return budgets.remove(payer);
    }
}
