package dev.baton.gateway.bridge.limit;

import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.Entity;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits that hold across the cluster: each owner is counted in one place of it.
 *
 * <p>When that place does not answer, because it is moving or its node died, calls are let in uncounted: limits protect
 * providers, and must not be what stops everybody.
 */
public final class ClusterLimits implements OwnerLimits {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterLimits.class);
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final EntityTypeKey<OwnerGate.Command> KEY =
            EntityTypeKey.create(OwnerGate.Command.class, "bridge-owner");

    private final ClusterSharding sharding;
    private final Duration answerLimit;
    private final Supplier<UUID> ids;
    private final Map<String, String> leases = new ConcurrentHashMap<>();

    private ClusterLimits(ClusterSharding sharding, Duration answerLimit, Supplier<UUID> ids) {
        this.sharding = sharding;
        this.answerLimit = answerLimit;
        this.ids = ids;
    }

    /** {@link OwnerLimits#NONE} when {@code settings} limit nothing. */
    public static OwnerLimits start(ActorSystem<?> system, LimitSettings settings, Clock clock, Supplier<UUID> ids) {
        if (!settings.isOn()) {
            return NONE;
        }
        ClusterSharding sharding = ClusterSharding.get(system);
        sharding.init(Entity.of(KEY, entity -> OwnerGate.create(settings, clock)));
        var limits = new ClusterLimits(sharding, settings.queueWait().plus(GRACE), ids);
        Duration renewal = Turnstile.LEASE.dividedBy(4);
        Cancellable renewing =
                system.scheduler().scheduleWithFixedDelay(renewal, renewal, limits::renew, system.executionContext());
        var unused = system.getWhenTerminated().thenRun(renewing::cancel);
        return limits;
    }

    @Override
    public CompletionStage<Room> enter(String owner) {
        String lease = ids.get().toString();
        var gate = sharding.entityRefFor(KEY, owner);
        return gate.<OwnerGate.Answer>ask(replyTo -> new OwnerGate.Enter(lease, replyTo), answerLimit)
                .handle((answer, failure) -> {
                    if (failure != null) {
                        LOG.warn("the calls of {} cannot be counted now; they are let in", owner);
                    }
                    if (answer == null || answer.isIn()) {
                        leases.put(lease, owner);
                        return new Entered(() -> leave(lease, owner));
                    }
                    return new Full(Duration.ofMillis(answer.retryAfterMillis()));
                });
    }

    private void leave(String lease, String owner) {
        if (leases.remove(lease) != null) {
            sharding.entityRefFor(KEY, owner).tell(new OwnerGate.Leave(lease));
        }
    }

    private void renew() {
        Map<String, List<String>> byOwner = new HashMap<>();
        leases.forEach((lease, owner) ->
                byOwner.computeIfAbsent(owner, name -> new ArrayList<>()).add(lease));
        byOwner.forEach((owner, mine) -> sharding.entityRefFor(KEY, owner).tell(new OwnerGate.Renew(mine)));
    }
}
