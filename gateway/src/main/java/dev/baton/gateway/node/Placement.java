package dev.baton.gateway.node;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.journal.RunnerPlace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Has the chats of this node run here, and elsewhere from the moment this node begins to leave: a chat goes to one of the
 * nodes that stay, always the same one as long as those are the same.
 */
final class Placement implements RunnerPlace {
    /** Whoever has not heard of it by then is not waited for: it only may give this node a chat, which comes back. */
    private static final Duration HEARD_WITHIN = Duration.ofMillis(200);

    private final NodeId self;
    private volatile boolean leaving;
    private volatile List<NodeId> staying = List.of();

    Placement(NodeId self) {
        this.self = self;
    }

    @Override
    public Optional<NodeId> of(ChatId chat) {
        if (!leaving) {
            return Optional.of(self);
        }
        List<NodeId> nodes = staying;
        return nodes.isEmpty()
                ? Optional.empty()
                : Optional.of(nodes.get(Math.floorMod(chat.value().hashCode(), nodes.size())));
    }

    /** From now on nothing is placed here. */
    void leave() {
        leaving = true;
    }

    /** The other nodes that are there to stay, in an order that all nodes share. */
    void stay(List<NodeId> others) {
        staying = List.copyOf(others);
    }

    List<NodeId> others() {
        return staying;
    }

    /** Starts what keeps {@code placement} up to date with the cluster. */
    static ActorRef<Leavers.Command> follow(ActorSystem<?> system, Placement placement) {
        return system.systemActorOf(Leavers.create(placement), "placement", Props.empty());
    }

    /** Leaves, and tells all others so; completes when they know, or a little later in any case. */
    static CompletionStage<Done> leave(ActorRef<Leavers.Command> leavers, ActorSystem<?> system) {
        return AskPattern.<Leavers.Command, Done>ask(leavers, Leavers.Announce::new, HEARD_WITHIN, system.scheduler())
                .exceptionally(late -> Done.getInstance());
    }
}
