/**
 * Statements put together piece by piece, and connections around a piece of work, for all packages that keep tables.
 *
 * <p>Read {@link dev.baton.persistence.sql.Query} first. Knows no table.
 */
@NullMarked
package dev.baton.persistence.sql;

import org.jspecify.annotations.NullMarked;
