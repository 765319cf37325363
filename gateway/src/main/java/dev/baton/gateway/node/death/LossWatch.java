package dev.baton.gateway.node.death;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.ClusterEvent.ClusterDomainEvent;
import akka.cluster.ClusterEvent.MemberDowned;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.ClusterEvent.ReachabilityEvent;
import akka.cluster.ClusterEvent.UnreachableMember;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Subscribe;
import dev.baton.persistence.chat.NodeId;
import dev.baton.runner.takeover.Members;

/** Notes what the cluster says of lost nodes: the first sign of those whose connections do not break. */
final class LossWatch {

    private LossWatch() {}

    static Behavior<ClusterDomainEvent> create(LossSigns signs) {
        return Behaviors.setup(context -> {
            var events = Cluster.get(context.getSystem()).subscriptions();
            events.tell(Subscribe.create(context.getSelf().narrow(), ReachabilityEvent.class));
            events.tell(Subscribe.create(context.getSelf().narrow(), MemberEvent.class));
            return Behaviors.receiveMessage(event -> {
                note(signs, event);
                return Behaviors.same();
            });
        });
    }

    private static void note(LossSigns signs, ClusterDomainEvent event) {
        if (event instanceof ReachabilityEvent reachability) {
            NodeId node = Members.nodeOf(reachability.member().uniqueAddress());
            if (event instanceof UnreachableMember) {
                signs.lost(node);
            } else {
                signs.found(node);
            }
        } else if (event instanceof MemberDowned downed) {
            signs.lost(Members.nodeOf(downed.member().uniqueAddress()));
        }
    }
}
