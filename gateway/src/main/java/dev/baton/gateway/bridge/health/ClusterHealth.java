package dev.baton.gateway.bridge.health;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.cluster.ddata.Key;
import akka.cluster.ddata.LWWMap;
import akka.cluster.ddata.LWWMapKey;
import akka.cluster.ddata.SelfUniqueAddress;
import akka.cluster.ddata.typed.javadsl.DistributedData;
import akka.cluster.ddata.typed.javadsl.Replicator;
import akka.cluster.ddata.typed.javadsl.ReplicatorMessageAdapter;
import java.time.Instant;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells the other nodes of the cluster by gossip: written here at once, heard there within a second or so, and of two
 * words on one subject the later one counts everywhere.
 *
 * <p>Only subjects and times travel. The subjects are those of the configuration, so their number stays small.
 */
public final class ClusterHealth implements SharedHealth {
    private static final Key<LWWMap<String, Long>> KEY = LWWMapKey.create("baton-provider-health");

    private final ActorRef<Command> gossip;

    private ClusterHealth(ActorRef<Command> gossip) {
        this.gossip = gossip;
    }

    public static ClusterHealth start(ActorSystem<?> system) {
        return new ClusterHealth(system.systemActorOf(Gossip.create(), "provider-health", Props.empty()));
    }

    @Override
    public void tell(String subject, Instant until) {
        gossip.tell(new Tell(subject, until.toEpochMilli()));
    }

    @Override
    public void hear(BiConsumer<String, Instant> listener) {
        gossip.tell(new Hear(listener));
    }

    private sealed interface Command {}

    private record Tell(String subject, long until) implements Command {}

    private record Hear(BiConsumer<String, Instant> listener) implements Command {}

    private record Written(Replicator.UpdateResponse<LWWMap<String, Long>> response) implements Command {}

    private record Changed(Replicator.SubscribeResponse<LWWMap<String, Long>> response) implements Command {}

    private static final class Gossip extends AbstractBehavior<Command> {
        private final ReplicatorMessageAdapter<Command, LWWMap<String, Long>> replicator;
        private final SelfUniqueAddress self;
        private @Nullable BiConsumer<String, Instant> listener;
        private Map<String, Long> known = Map.of();

        private Gossip(
                ActorContext<Command> context, ReplicatorMessageAdapter<Command, LWWMap<String, Long>> replicator) {
            super(context);
            this.replicator = replicator;
            this.self = DistributedData.get(context.getSystem()).selfUniqueAddress();
            replicator.subscribe(KEY, Changed::new);
        }

        static Behavior<Command> create() {
            return Behaviors.setup(context -> DistributedData.withReplicatorMessageAdapter(
                    (ReplicatorMessageAdapter<Command, LWWMap<String, Long>> replicator) ->
                            new Gossip(context, replicator)));
        }

        @Override
        public Receive<Command> createReceive() {
            return newReceiveBuilder()
                    .onMessage(Tell.class, this::on)
                    .onMessage(Hear.class, this::on)
                    .onMessage(Written.class, written -> this)
                    .onMessage(Changed.class, this::on)
                    .build();
        }

        private Behavior<Command> on(Tell tell) {
            replicator.askUpdate(
                    answer -> new Replicator.Update<>(
                            KEY,
                            LWWMap.empty(),
                            Replicator.writeLocal(),
                            answer,
                            map -> map.put(self, tell.subject(), tell.until())),
                    Written::new);
            return this;
        }

        private Behavior<Command> on(Hear hear) {
            listener = hear.listener();
            known.forEach((subject, until) -> hear.listener().accept(subject, Instant.ofEpochMilli(until)));
            return this;
        }

        private Behavior<Command> on(Changed changed) {
            if (changed.response() instanceof Replicator.Changed<LWWMap<String, Long>> newer) {
                Map<String, Long> before = known;
                known = Map.copyOf(newer.get(KEY).getEntries());
                known.forEach((subject, until) -> {
                    if (listener != null && !until.equals(before.get(subject))) {
                        listener.accept(subject, Instant.ofEpochMilli(until));
                    }
                });
            }
            return this;
        }
    }
}
