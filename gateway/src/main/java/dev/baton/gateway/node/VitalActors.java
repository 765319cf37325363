package dev.baton.gateway.node;

import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.Behaviors;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the node when an actor ends that it cannot do without: its chats would stay held by a member that lives, and no
 * sweep would find them.
 */
final class VitalActors {
    private static final Logger LOG = LoggerFactory.getLogger(VitalActors.class);

    /** Why a node ends of which a vital actor has ended. */
    enum VitalActorEnded implements CoordinatedShutdown.Reason {
        REASON
    }

    private VitalActors() {}

    /** On the way down actors end, too; {@code leave} must then do nothing. */
    static Behavior<Void> watching(List<? extends ActorRef<?>> vital, Runnable leave) {
        return Behaviors.setup(context -> {
            vital.forEach(context::watch);
            return Behaviors.receive(Void.class)
                    .onSignal(Terminated.class, ended -> {
                        LOG.debug("{} has ended; the node leaves", ended.getRef());
                        leave.run();
                        return Behaviors.same();
                    })
                    .build();
        });
    }
}
