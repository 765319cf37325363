/** Tests of budgets. */
@NullMarked
package dev.baton.persistence.budget;

import org.jspecify.annotations.NullMarked;
