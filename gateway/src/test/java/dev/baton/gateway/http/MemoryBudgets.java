package dev.baton.gateway.http;

import dev.baton.persistence.budget.Amount;
import dev.baton.persistence.budget.Budget;
import dev.baton.persistence.budget.Budgets.Standing;
import dev.baton.persistence.budget.Payer;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Budgets of which half a coin is spent. */
final class MemoryBudgets implements BudgetDesk {
    private final Map<Payer, Budget> budgets = new LinkedHashMap<>();

    @Override
    public synchronized CompletionStage<List<Standing>> all() {
        return CompletableFuture.completedFuture(
                budgets.values().stream().map(MemoryBudgets::standing).toList());
    }

    @Override
    public synchronized CompletionStage<Optional<Standing>> of(Payer payer) {
        return CompletableFuture.completedFuture(
                Optional.ofNullable(budgets.get(payer)).map(MemoryBudgets::standing));
    }

    @Override
    public synchronized CompletionStage<Standing> put(Budget budget) {
        budgets.put(budget.payer(), budget);
        return CompletableFuture.completedFuture(standing(budget));
    }

    @Override
    public synchronized CompletionStage<Boolean> remove(Payer payer) {
        return CompletableFuture.completedFuture(budgets.remove(payer) != null);
    }

    private static Standing standing(Budget budget) {
        return new Standing(budget, "2026-03", new Amount(new BigDecimal("0.500"), 12), Amount.NOTHING);
    }
}
