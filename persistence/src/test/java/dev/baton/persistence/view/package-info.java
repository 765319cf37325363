/** Tests of the read side; each contract is met by H2 and by PostgreSQL. */
@NullMarked
package dev.baton.persistence.view;

import org.jspecify.annotations.NullMarked;
