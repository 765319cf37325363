package dev.baton.gateway.node;

import akka.Done;
import akka.actor.DeadLetterSuppression;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.ClusterEvent.MemberRemoved;
import akka.cluster.ClusterEvent.ReachabilityEvent;
import akka.cluster.ClusterEvent.UnreachableMember;
import akka.cluster.Member;
import akka.cluster.MemberStatus;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Subscribe;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.journal.CborSerializable;
import dev.baton.runner.takeover.Members;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Knows which nodes are there to stay, and keeps a {@link Placement} up to date with it: members that are up and within
 * reach and have not said that they leave. A leaver says so itself, at its first moment: its chats move long before the
 * cluster knows, and must not move to another leaver.
 */
final class Leavers extends AbstractOnMessageBehavior<Leavers.Command> {

    /** What it can be told. */
    sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(Leavers leavers);
    }

    /** Say to all others that this node leaves, and answer when each has heard it. Harmless again. */
    record Announce(ActorRef<Done> replyTo) implements Command {
        @Override
        public Behavior<Command> deliverTo(Leavers leavers) {
            return leavers.on(this);
        }
    }

    /** {@code node} leaves. Harmless again. */
    record Leaving(NodeId node, ActorRef<Command> replyTo) implements Command, CborSerializable {
        @Override
        public Behavior<Command> deliverTo(Leavers leavers) {
            return leavers.on(this);
        }
    }

    /** {@code by} has heard that this node leaves. */
    record Heard(NodeId by) implements Command, CborSerializable, DeadLetterSuppression {
        @Override
        public Behavior<Command> deliverTo(Leavers leavers) {
            return leavers.on(this);
        }
    }

    record MemberChanged(MemberEvent event) implements Command {
        @Override
        public Behavior<Command> deliverTo(Leavers leavers) {
            return leavers.on(this);
        }
    }

    record ReachabilityChanged(ReachabilityEvent event) implements Command {
        @Override
        public Behavior<Command> deliverTo(Leavers leavers) {
            return leavers.on(this);
        }
    }

    private final ActorContext<Command> context;
    private final Placement placement;
    private final NodeId self;
    private final Set<NodeId> up = new TreeSet<>(Comparator.comparing(NodeId::value));
    private final Set<NodeId> unreachable = new HashSet<>();
    private final Set<NodeId> leaving = new HashSet<>();
    /** Those who have not heard yet that this node leaves. */
    private final Set<NodeId> toHear = new HashSet<>();

    private final Set<ActorRef<Done>> waiting = new HashSet<>();

    private Leavers(ActorContext<Command> context, Placement placement, NodeId self) {
        super(context);
        this.context = context;
        this.placement = placement;
        this.self = self;
    }

    static Behavior<Command> create(Placement placement) {
        return Behaviors.setup(context -> {
            Cluster cluster = Cluster.get(context.getSystem());
            cluster.subscriptions()
                    .tell(Subscribe.create(
                            context.messageAdapter(MemberEvent.class, MemberChanged::new), MemberEvent.class));
            cluster.subscriptions()
                    .tell(Subscribe.create(
                            context.messageAdapter(ReachabilityEvent.class, ReachabilityChanged::new),
                            ReachabilityEvent.class));
            return new Leavers(
                    context, placement, Members.nodeOf(cluster.selfMember().uniqueAddress()));
        });
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        Behavior<Command> next = command.deliverTo(this);
        placement.stay(up.stream()
                .filter(node -> !node.equals(self) && !unreachable.contains(node) && !leaving.contains(node))
                .toList());
        if (toHear.isEmpty()) {
            waiting.forEach(one -> one.tell(Done.getInstance()));
            waiting.clear();
        }
        return next;
    }

    private Behavior<Command> on(Announce announce) {
        waiting.add(announce.replyTo());
        if (leaving.add(self)) {
            placement.leave();
            up.stream().filter(node -> !node.equals(self)).forEach(this::say);
        }
        return this;
    }

    private void say(NodeId other) {
        toHear.add(other);
        ActorRef<Command> there = ActorRefResolver.get(context.getSystem())
                .resolveActorRef(other.address() + context.getSelf().path().toStringWithoutAddress());
        there.tell(new Leaving(self, context.getSelf()));
    }

    private Behavior<Command> on(Leaving other) {
        leaving.add(other.node());
        other.replyTo().tell(new Heard(self));
        return this;
    }

    private Behavior<Command> on(Heard heard) {
        toHear.remove(heard.by());
        return this;
    }

    private Behavior<Command> on(MemberChanged changed) {
        Member member = changed.event().member();
        NodeId node = Members.nodeOf(member.uniqueAddress());
        if (member.status() == MemberStatus.up()) {
            boolean isNew = up.add(node);
            if (isNew && leaving.contains(self)) {
                say(node);
            }
            return this;
        }
        up.remove(node);
        toHear.remove(node);
        if (changed.event() instanceof MemberRemoved) {
            leaving.remove(node);
            unreachable.remove(node);
        }
        return this;
    }

    private Behavior<Command> on(ReachabilityChanged changed) {
        NodeId node = Members.nodeOf(changed.event().member().uniqueAddress());
        if (changed.event() instanceof UnreachableMember) {
            unreachable.add(node);
        } else {
            unreachable.remove(node);
        }
        return this;
    }
}
