/**
 * Leases: who may do what only one may do, arbitrated by the database.
 *
 * <p>{@link dev.baton.persistence.lease.JdbcLease} is what Akka makes from the configuration {@code baton.lease}. The
 * database judges by its own clock whether a lease has ended; an owner judges by its monotonic clock, counts from before
 * it asked, and stops a quarter of the lease's time earlier. So an owner always stops relying on a lease before another
 * can get it, however far apart the clocks are, as long as they run at about the same pace.
 *
 * <p>May use JDBC, the database of {@code persistence.schema}, Akka Coordination. Must not know what a lease is for.
 */
@NullMarked
package dev.baton.persistence.lease;

import org.jspecify.annotations.NullMarked;
