/**
 * The tokens with which clients say who they are, as they are kept: by their hash, since whoever reads the database must not
 * be able to act in anybody's name.
 *
 * <p>{@link dev.baton.persistence.token.TokenTable} blocks. May use JDBC and the database of {@code persistence.schema}. Must
 * not know how tokens are written, presented or checked.
 */
@NullMarked
package dev.baton.persistence.token;

import org.jspecify.annotations.NullMarked;
