/** Tests of the leases: the owner's side on a time of its own, the table on both databases. */
@NullMarked
package dev.baton.persistence.lease;

import org.jspecify.annotations.NullMarked;
