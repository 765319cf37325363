package dev.baton.runner.takeover;

import akka.cluster.Member;
import dev.baton.persistence.chat.NodeId;
import java.util.HashSet;
import java.util.Set;

/**
 * The members without those of whose end its owner has been told. Akka tells subscribers and brings its own list up to date
 * independently, so without this a sweep because of a death may still find the dead among the living.
 */
final class WithoutTheDead implements Members {
    private final Members members;
    private final Set<NodeId> dead = new HashSet<>();

    WithoutTheDead(Members members) {
        this.members = members;
    }

    void heard(Member member) {
        NodeId node = Members.nodeOf(member.uniqueAddress());
        if (Members.isLive(member)) {
            dead.remove(node);
        } else {
            dead.add(node);
        }
    }

    /** Whoever is not even in the list any more needs no remembering. */
    @Override
    public Set<NodeId> live() {
        Set<NodeId> live = new HashSet<>(members.live());
        dead.retainAll(live);
        live.removeAll(dead);
        return live;
    }
}
