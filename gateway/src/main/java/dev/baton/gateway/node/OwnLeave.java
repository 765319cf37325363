package dev.baton.gateway.node;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.ClusterEvent.MemberLeft;
import akka.cluster.UniqueAddress;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Subscribe;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts the way down when the cluster says that this node is leaving, whoever asked for that. Akka by itself waits
 * until the node is exiting, and by then others have taken its singletons, while it still takes requests and chats.
 */
final class OwnLeave {
    private static final Logger LOG = LoggerFactory.getLogger(OwnLeave.class);

    private OwnLeave() {}

    /** {@code leave} is run once, and must do nothing when the node is on its way down already. */
    static Behavior<MemberLeft> watching(Runnable leave) {
        return Behaviors.setup(context -> {
            Cluster cluster = Cluster.get(context.getSystem());
            UniqueAddress self = cluster.selfMember().uniqueAddress();
            cluster.subscriptions().tell(Subscribe.create(context.getSelf(), MemberLeft.class));
            return Behaviors.receiveMessage(left -> {
                if (!left.member().uniqueAddress().equals(self)) {
                    return Behaviors.same();
                }
                LOG.debug("the cluster says that this node leaves");
                leave.run();
                return Behaviors.stopped();
            });
        });
    }
}
