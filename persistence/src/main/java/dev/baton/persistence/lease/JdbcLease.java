package dev.baton.persistence.lease;

import akka.actor.ExtendedActorSystem;
import akka.coordination.lease.LeaseSettings;
import akka.coordination.lease.javadsl.Lease;
import dev.baton.persistence.schema.Database;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * A lease of Akka Coordination that is kept in the database of its actor system; {@code baton.lease} configures it.
 *
 * <p>The owner in the database is the owner's name and an id of this object: a node that comes back under its old address
 * is another owner, and waits for what it held before to end.
 *
 * <p>An acquire is tried again while the database does not answer, and fails after the operation timeout. An acquire or a
 * release that failed may have been done, in which case the lease ends by itself.
 */
public final class JdbcLease extends Lease {
    private final LeaseSettings settings;
    private final LeaseOwner owner;

    /** Akka calls this, and more than once for one lease; it starts nothing. */
    public JdbcLease(LeaseSettings settings, ExtendedActorSystem system) {
        this(settings, owner(settings, system));
    }

    JdbcLease(LeaseSettings settings, LeaseOwner owner) {
        this.settings = settings;
        this.owner = owner;
    }

    private static LeaseOwner owner(LeaseSettings settings, ExtendedActorSystem system) {
        Database database = Database.of(system);
        LeaseTimes times = LeaseTimes.of(settings);
        return new LeaseOwner(
                settings.leaseName(),
                settings.ownerName() + "#" + UUID.randomUUID(),
                times,
                new JdbcLeaseTable(database, times),
                database.executor(),
                (delay, action) -> system.scheduler().scheduleOnce(delay, action, system.dispatcher()),
                System::nanoTime);
    }

    @Override
    public LeaseSettings getSettings() {
        return settings;
    }

    @Override
    public CompletionStage<Boolean> acquire() {
        return acquire(cause -> {});
    }

    @Override
    public CompletionStage<Boolean> acquire(Consumer<Optional<Throwable>> leaseLostCallback) {
        return owner.acquire(leaseLostCallback);
    }

    /** True when the lease is not held any more, also when it was not held before. */
    @Override
    public CompletionStage<Boolean> release() {
        return owner.release();
    }

    @Override
    public boolean checkLease() {
        return owner.holds();
    }
}
