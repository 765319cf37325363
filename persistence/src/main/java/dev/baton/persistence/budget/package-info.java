/**
 * Budgets: how much an owner, or a group of owners, may spend.
 *
 * <p>Read {@link dev.baton.persistence.budget.Budgets} first. What a payer may spend stands in a table that operators write;
 * what it has spent and reserved is its {@link dev.baton.persistence.budget.Account}, one event-sourced entity in the cluster,
 * so that no two nodes can give away the same money. The ledger has the last word: an account that has just been opened asks
 * it what was spent before, and one that never hears the end of a call asks it how the call ended.
 *
 * <p>May use JDBC and the ledger. Knows nothing of providers, runners and HTTP.
 */
@NullMarked
package dev.baton.persistence.budget;

import org.jspecify.annotations.NullMarked;
