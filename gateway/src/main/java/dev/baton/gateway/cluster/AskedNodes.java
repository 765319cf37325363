package dev.baton.gateway.cluster;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.ClusterEvent.CurrentClusterState;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Leave;
import dev.baton.persistence.chat.NodeId;
import dev.baton.runner.takeover.Members;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The members of this node's cluster, each asked for its report. */
public final class AskedNodes implements ClusterNodes {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final ActorSystem<?> system;
    private final Cluster cluster;

    public AskedNodes(ActorSystem<?> system) {
        this.system = system;
        this.cluster = Cluster.get(system);
    }

    @Override
    public CompletionStage<List<NodeView>> nodes() {
        CurrentClusterState state = cluster.state();
        List<Member> members = members(state);
        Optional<Member> oldest = members.stream().filter(AskedNodes::mayLead).findFirst();
        CompletionStage<List<NodeView>> views = CompletableFuture.completedFuture(List.of());
        for (Member member : members) {
            CompletionStage<NodeView> view = report(member)
                    .thenApply(report ->
                            view(member, state, oldest.filter(member::equals).isPresent(), report));
            views = views.thenCombine(view, AskedNodes::with);
        }
        return views;
    }

    private static <T> List<T> with(List<T> some, T more) {
        var all = new ArrayList<>(some);
        all.add(more);
        return List.copyOf(all);
    }

    /** The oldest first; those who are not up yet have no age and come last. */
    private static List<Member> members(CurrentClusterState state) {
        return StreamSupport.stream(state.getMembers().spliterator(), false)
                .sorted((one, other) -> one.isOlderThan(other) ? -1 : other.isOlderThan(one) ? 1 : 0)
                .toList();
    }

    /** Singletons stand on the oldest of these. */
    private static boolean mayLead(Member member) {
        return member.status() == MemberStatus.up() || member.status() == MemberStatus.leaving();
    }

    private NodeView view(Member member, CurrentClusterState state, boolean oldest, Optional<NodeReport> report) {
        NodeId node = Members.nodeOf(member.uniqueAddress());
        Address leader = state.getLeader();
        return new NodeView(
                node,
                uid(member),
                member.status().toString().toLowerCase(Locale.ROOT),
                !state.getUnreachable().contains(member),
                oldest,
                member.address().equals(leader),
                member.uniqueAddress().equals(cluster.selfMember().uniqueAddress()),
                of(node, report));
    }

    /** Another life may answer at the address of one that is gone. */
    private static @Nullable NodeReport of(NodeId node, Optional<NodeReport> report) {
        return report.filter(one -> one.node().equals(node)).orElse(null);
    }

    private CompletionStage<Optional<NodeReport>> report(Member member) {
        ActorRef<NodeReporter.Command> reporter =
                ActorRefResolver.get(system).resolveActorRef(member.address() + "/system/" + NodeReporter.NAME);
        return AskPattern.<NodeReporter.Command, NodeReport>ask(
                        reporter, NodeReporter.Ask::new, LIMIT, system.scheduler())
                .handle((report, failure) -> Optional.ofNullable(report));
    }

    @Override
    public Optional<Leaving> leave(Optional<String> name) {
        List<Member> meant = name.map(this::meantBy).orElseGet(() -> List.of(cluster.selfMember()));
        if (meant.size() != 1) {
            return Optional.empty();
        }
        Member member = meant.get(0);
        cluster.manager().tell(Leave.create(member.address()));
        return Optional.of(new Leaving(
                Members.nodeOf(member.uniqueAddress()).value(), member.address().toString()));
    }

    private List<Member> meantBy(String name) {
        return members(cluster.state()).stream()
                .filter(member -> member.status() != MemberStatus.down())
                .filter(member -> names(member).anyMatch(name::equals))
                .toList();
    }

    private static Stream<String> names(Member member) {
        Address address = member.address();
        return Stream.of(
                Members.nodeOf(member.uniqueAddress()).value(),
                address.toString(),
                address.hostPort(),
                address.getHost().orElse("") + ":" + address.getPort().orElse(0),
                address.getPort().map(String::valueOf).orElse(""),
                uid(member));
    }

    private static String uid(Member member) {
        return Long.toUnsignedString(member.uniqueAddress().longUid());
    }
}
