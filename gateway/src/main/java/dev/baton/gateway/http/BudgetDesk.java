package dev.baton.gateway.http;

import dev.baton.persistence.budget.Budget;
import dev.baton.persistence.budget.Budgets.Standing;
import dev.baton.persistence.budget.Payer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Where operators set budgets. */
public interface BudgetDesk {

    CompletionStage<List<Standing>> all();

    CompletionStage<Optional<Standing>> of(Payer payer);

    CompletionStage<Standing> put(Budget budget);

    /** Whether there was one. */
    CompletionStage<Boolean> remove(Payer payer);
}
