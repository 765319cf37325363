package dev.baton.gateway.node.death;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.ClusterEvent.MemberRemoved;
import akka.cluster.ClusterEvent.MemberUp;
import akka.cluster.Member;
import akka.cluster.UniqueAddress;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Down;
import akka.cluster.typed.Subscribe;
import dev.baton.persistence.chat.NodeId;
import dev.baton.runner.takeover.Members;
import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has every other member watched, and downs those whose death is proved. One on each node. */
final class DeathWatch extends AbstractOnMessageBehavior<DeathWatch.Command> {
    private static final Logger LOG = LoggerFactory.getLogger(DeathWatch.class);
    private static final String ROLE = "death-port-";

    /** What a death watch can be told. */
    sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(DeathWatch watch);
    }

    record Changed(MemberEvent event) implements Command {
        @Override
        public Behavior<Command> deliverTo(DeathWatch watch) {
            return watch.on(this);
        }
    }

    record Proved(UniqueAddress node, String how) implements Command {
        @Override
        public Behavior<Command> deliverTo(DeathWatch watch) {
            return watch.on(this);
        }
    }

    private final ActorContext<Command> context;
    private final Cluster cluster;
    private final LifeLines lines;
    /** By the same events that end a proof's effect, so that no proof can take effect after them. */
    private final Set<UniqueAddress> members = new HashSet<>();

    private final LossSigns signs;

    private DeathWatch(ActorContext<Command> context, LifeLines lines, LossSigns signs) {
        super(context);
        this.context = context;
        this.cluster = Cluster.get(context.getSystem());
        this.lines = lines;
        this.signs = signs;
    }

    /** Watches with {@code lines}, which whoever made them closes, and notes signs of loss in {@code signs}. */
    static Behavior<Command> create(LifeLines lines, LossSigns signs) {
        return Behaviors.setup(context -> {
            var watch = new DeathWatch(context, lines, signs);
            watch.cluster
                    .subscriptions()
                    .tell(Subscribe.create(context.messageAdapter(MemberEvent.class, Changed::new), MemberEvent.class));
            return watch;
        });
    }

    /** The role by which all members know where this node can be watched, from the moment it joins. */
    static String role(int port) {
        return ROLE + port;
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    private Behavior<Command> on(Changed changed) {
        Member member = changed.event().member();
        if (member.uniqueAddress().equals(cluster.selfMember().uniqueAddress())) {
            return this;
        }
        if (changed.event() instanceof MemberRemoved) {
            members.remove(member.uniqueAddress());
            lines.forget(life(member.uniqueAddress()));
            ProvedDead.remove(member.address().toString());
            return this;
        }
        members.add(member.uniqueAddress());
        if (changed.event() instanceof MemberUp) {
            watch(member);
        }
        return this;
    }

    private void watch(Member member) {
        OptionalInt port = port(member);
        String host = member.address().getHost().orElse("");
        if (port.isEmpty() || host.isEmpty()) {
            LOG.info("node {} has no death port; its death is left to heartbeats", member.address());
            return;
        }
        UniqueAddress node = member.uniqueAddress();
        lines.watch(new InetSocketAddress(host, port.getAsInt()), life(node), watcher(node));
    }

    private LifeWatcher watcher(UniqueAddress node) {
        ActorRef<Command> self = context.getSelf();
        NodeId id = Members.nodeOf(node);
        return new LifeWatcher() {
            @Override
            public void proved(String how) {
                self.tell(new Proved(node, how));
            }

            @Override
            public void broke() {
                signs.lost(id);
            }

            @Override
            public void answered() {
                signs.found(id);
            }
        };
    }

    /** A member that is gone already may be back in another life, which must not be downed for the death of this one. */
    private Behavior<Command> on(Proved proved) {
        if (members.contains(proved.node())) {
            LOG.info("node {} is proved dead: {}", proved.node().address(), proved.how());
            ProvedDead.add(proved.node().address().toString());
            cluster.manager().tell(new Down(proved.node().address()));
        }
        return this;
    }

    private static OptionalInt port(Member member) {
        return member.getRoles().stream()
                .filter(role -> role.matches(ROLE + "\\d{1,5}"))
                .mapToInt(role -> Integer.parseInt(role.substring(ROLE.length())))
                .findFirst();
    }

    private static Hello life(UniqueAddress node) {
        return new Hello(node.address().toString(), Long.toUnsignedString(node.longUid()));
    }
}
