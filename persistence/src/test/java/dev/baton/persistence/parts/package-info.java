/** The part log on both databases, and its writer on a table that fails when it is told to. */
@NullMarked
package dev.baton.persistence.parts;

import org.jspecify.annotations.NullMarked;
