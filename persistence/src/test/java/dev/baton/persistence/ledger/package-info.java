/** Tests of the ledger. */
@NullMarked
package dev.baton.persistence.ledger;

import org.jspecify.annotations.NullMarked;
