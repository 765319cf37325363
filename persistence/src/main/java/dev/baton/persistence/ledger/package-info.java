/**
 * The ledger: one row for each call of a model, with what it used and what it cost.
 *
 * <p>Knows nothing of providers, runners and HTTP.
 */
@NullMarked
package dev.baton.persistence.ledger;

import org.jspecify.annotations.NullMarked;
