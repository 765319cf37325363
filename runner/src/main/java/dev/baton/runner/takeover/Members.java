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
     * The members of {@code system}'s cluster that are not down. One that cannot be reached still counts: only the
     * cluster's word ends its life. So does one that leaves: it gives its chats away itself; and one that joins: it may
     * know before others that it is up.
     */
    static Members of(ActorSystem<?> system) {
        Cluster cluster = Cluster.get(system);
        return () -> {
            var live = new HashSet<NodeId>();
            for (Member member : cluster.state().getMembers()) {
                if (isLive(member)) {
                    live.add(nodeOf(member.uniqueAddress()));
                }
            }
            return live;
        };
    }

    static boolean isLive(Member member) {
        return member.status() != MemberStatus.down() && member.status() != MemberStatus.removed();
    }

    /** The life of a node that {@code member} names. */
    static NodeId nodeOf(UniqueAddress member) {
        return new NodeId(member.address() + "#" + Long.toUnsignedString(member.longUid()));
    }
}
