package dev.baton.gateway.node.split;

import akka.actor.typed.ActorSystem;
import akka.cluster.ClusterEvent.CurrentClusterState;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import dev.baton.persistence.chat.NodeId;
import dev.baton.runner.takeover.Members;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;

/** The cluster as Akka's gossip describes it. */
final class ClusterSight implements Sight {
    private static final Set<MemberStatus> COUNT = Set.of(MemberStatus.up(), MemberStatus.leaving());
    private static final Set<MemberStatus> ON_THE_WAY_OUT =
            Set.of(MemberStatus.exiting(), MemberStatus.down(), MemberStatus.removed());

    private final Cluster cluster;

    ClusterSight(ActorSystem<?> system) {
        this.cluster = Cluster.get(system);
    }

    @Override
    public Silence.View view() {
        CurrentClusterState state = cluster.state();
        var voters = new ArrayList<Member>();
        for (Member member : state.getMembers()) {
            if (COUNT.contains(member.status())) {
                voters.add(member);
            }
        }
        voters.sort((one, other) -> one.isOlderThan(other) ? -1 : other.isOlderThan(one) ? 1 : 0);
        var silent = new HashSet<NodeId>();
        for (Member member : state.getUnreachable()) {
            if (!ON_THE_WAY_OUT.contains(member.status())) {
                silent.add(node(member));
            }
        }
        NodeId self = node(cluster.selfMember());
        silent.remove(self);
        return new Silence.View(self, voters.stream().map(ClusterSight::node).toList(), silent);
    }

    @Override
    public boolean hasOthers() {
        var members = cluster.state().getMembers().iterator();
        if (members.hasNext()) {
            members.next();
        }
        return members.hasNext();
    }

    /** Down what is a member in that very life: another one may be at its address by now. */
    @Override
    public void down(Set<NodeId> nodes) {
        for (Member member : cluster.state().getMembers()) {
            if (nodes.contains(node(member)) && member.status() != MemberStatus.down()) {
                cluster.manager().tell(new Down(member.address()));
            }
        }
    }

    static NodeId node(Member member) {
        return Members.nodeOf(member.uniqueAddress());
    }
}
