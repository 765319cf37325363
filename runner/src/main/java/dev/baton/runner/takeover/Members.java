package dev.baton.runner.takeover;

import akka.actor.typed.ActorSystem;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.UniqueAddress;
import akka.cluster.typed.Cluster;
import dev.baton.persistence.chat.NodeId;
import java.util.HashSet;
import java.util.Set;

/** The lives of nodes that may run chats. */
@FunctionalInterface
public interface Members {
    Set<NodeId> live();

    /**
     * The members of {@code system}'s cluster that are up. One that cannot be reached still counts: only the cluster's
     * word that it is down ends its life.
     */
    static Members of(ActorSystem<?> system) {
        Cluster cluster = Cluster.get(system);
        return () -> {
            var live = new HashSet<NodeId>();
            for (Member member : cluster.state().getMembers()) {
                if (member.status() == MemberStatus.up()) {
                    live.add(nodeOf(member.uniqueAddress()));
                }
            }
            return live;
        };
    }

    /** The life of a node that {@code member} names. */
    static NodeId nodeOf(UniqueAddress member) {
        return new NodeId(member.address() + "#" + Long.toUnsignedString(member.longUid()));
    }
}
