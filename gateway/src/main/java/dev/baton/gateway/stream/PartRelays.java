package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.baton.persistence.chat.ChatId;
import dev.baton.runner.episode.PartBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * All {@link PartRelay}s of a node, one for each chat and node it is mirrored from. A chat that moves has two for a
 * moment: streams turn to the new one as they learn of it, and the old one ends when nobody asks it any more.
 */
final class PartRelays extends AbstractBehavior<PartRelays.Command> {

    /** What the relays can be told. */
    sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(PartRelays relays);
    }

    /** The parts of {@code chat}, as the buffer {@code source} of another node has them. */
    record Mirrored(ActorRef<PartBuffer.Command> source, ChatId chat) {}

    /** {@code question} in the words of {@code source}; whoever asks is answered in these words, too. */
    record Ask(Mirrored mirrored, PartBuffer.Command question) implements Command {
        @Override
        public Behavior<Command> deliverTo(PartRelays relays) {
            return relays.on(this);
        }
    }

    /** Nobody has asked {@code relay} for a while. */
    record Unused(Mirrored mirrored, ActorRef<PartRelay.Command> relay) implements Command {
        @Override
        public Behavior<Command> deliverTo(PartRelays relays) {
            return relays.on(this);
        }
    }

    record RelayStopped(Mirrored mirrored, ActorRef<PartRelay.Command> relay) implements Command {
        @Override
        public Behavior<Command> deliverTo(PartRelays relays) {
            return relays.on(this);
        }
    }

    /** The node of {@code source} is no longer a member. */
    record SourceGone(ActorRef<PartBuffer.Command> source) implements Command {
        @Override
        public Behavior<Command> deliverTo(PartRelays relays) {
            return relays.on(this);
        }
    }

    private final Duration betweenLooks;
    private final Map<Mirrored, ActorRef<PartRelay.Command>> relays = new HashMap<>();
    /** One watch for a node, however many chats are mirrored from it. */
    private final Set<ActorRef<PartBuffer.Command>> watched = new HashSet<>();

    private PartRelays(ActorContext<Command> context, Duration betweenLooks) {
        super(context);
        this.betweenLooks = betweenLooks;
    }

    static Behavior<Command> create(Duration betweenLooks) {
        return Behaviors.setup(context -> new PartRelays(context, betweenLooks));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Command.class, command -> command.deliverTo(this))
                .build();
    }

    Behavior<Command> on(Ask ask) {
        ActorRef<PartRelay.Command> relay = relays.get(ask.mirrored());
        if (relay != null) {
            relay.tell(new PartRelay.Asked(ask.question()));
        } else if (!(ask.question() instanceof PartBuffer.CancelPull)) {
            start(ask.mirrored()).tell(new PartRelay.Asked(ask.question()));
        } else {
            ask.mirrored().source().tell(ask.question());
        }
        return this;
    }

    private ActorRef<PartRelay.Command> start(Mirrored mirrored) {
        ActorRef<PartRelay.Command> relay = getContext()
                .spawnAnonymous(PartRelay.create(mirrored, getContext().getSelf(), betweenLooks));
        getContext().watchWith(relay, new RelayStopped(mirrored, relay));
        relays.put(mirrored, relay);
        if (watched.add(mirrored.source())) {
            getContext().watchWith(mirrored.source(), new SourceGone(mirrored.source()));
        }
        return relay;
    }

    Behavior<Command> on(Unused unused) {
        relays.remove(unused.mirrored(), unused.relay());
        unused.relay().tell(new PartRelay.Retire());
        return this;
    }

    Behavior<Command> on(SourceGone gone) {
        watched.remove(gone.source());
        relays.forEach((mirrored, relay) -> {
            if (mirrored.source().equals(gone.source())) {
                relay.tell(new PartRelay.SourceGone());
            }
        });
        return this;
    }

    /** Nothing to do when it retired; streams ask again for what one that broke has forgotten. */
    Behavior<Command> on(RelayStopped stopped) {
        relays.remove(stopped.mirrored(), stopped.relay());
        return this;
    }
}
