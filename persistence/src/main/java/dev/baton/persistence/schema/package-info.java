/**
 * The database: how it is opened and closed, and the tables in it.
 *
 * <p>{@link dev.baton.persistence.schema.Database} is the one pool of a node, for the journal and for everything else,
 * so that there is one thing to close and one number to size. The tables are made by numbered migrations under {@code
 * db/migration/<dialect>}; each exists for H2 and for PostgreSQL and means the same in both.
 *
 * <p>May use JDBC, Flyway, Slick. Must not know what a chat is.
 */
@NullMarked
package dev.baton.persistence.schema;

import org.jspecify.annotations.NullMarked;
