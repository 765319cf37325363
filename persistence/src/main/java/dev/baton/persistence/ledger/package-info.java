/**
 * The ledger: one row for each call of a model, with what it used and what it cost.
 *
 * <p>Read {@link dev.baton.persistence.ledger.LedgerWriter} first. The start of a call is on disk before anything is sent; a
 * row that is running is the promise that somebody ends it, once: {@link dev.baton.persistence.ledger.LedgerUpkeep} does it
 * for nodes that are gone. {@link dev.baton.persistence.ledger.LedgerReads} sums up and lists.
 *
 * <p>May use JDBC and the part log. Knows nothing of providers, runners and HTTP.
 */
@NullMarked
package dev.baton.persistence.ledger;

import org.jspecify.annotations.NullMarked;
