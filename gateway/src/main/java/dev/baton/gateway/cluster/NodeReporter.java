package dev.baton.gateway.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.journal.CborSerializable;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says to any node of the cluster what this one carries. */
public final class NodeReporter extends AbstractOnMessageBehavior<NodeReporter.Command> {
    /** The name under which each node's reporter is a system actor. */
    public static final String NAME = "node-report";

    /** What a reporter can be told. */
    public sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(NodeReporter reporter);
    }

    /** Say what this node carries. */
    public record Ask(ActorRef<NodeReport> replyTo) implements Command, CborSerializable {
        @Override
        public Behavior<Command> deliverTo(NodeReporter reporter) {
            return reporter.on(this);
        }
    }

    record Counted(ActorRef<NodeReport> replyTo, NodeReport.@Nullable Counts counts) implements Command {
        @Override
        public Behavior<Command> deliverTo(NodeReporter reporter) {
            return reporter.on(this);
        }
    }

    /** What does not change while the node lives. */
    public record About(NodeId node, String httpUrl, String version, Instant since) {}

    private final ActorContext<Command> context;
    private final About about;
    private final BooleanSupplier sweeper;
    private final Supplier<CompletionStage<NodeReport.Counts>> counts;

    private NodeReporter(
            ActorContext<Command> context,
            About about,
            BooleanSupplier sweeper,
            Supplier<CompletionStage<NodeReport.Counts>> counts) {
        super(context);
        this.context = context;
        this.about = about;
        this.sweeper = sweeper;
        this.counts = counts;
    }

    /** {@code sweeper}: whether the cluster's sweeper stands here; {@code counts}: answers or fails within a limit of its own. */
    public static Behavior<Command> create(
            About about, BooleanSupplier sweeper, Supplier<CompletionStage<NodeReport.Counts>> counts) {
        return Behaviors.setup(context -> new NodeReporter(context, about, sweeper, counts));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    private Behavior<Command> on(Ask ask) {
        context.pipeToSelf(counts.get(), (value, failure) -> new Counted(ask.replyTo(), value));
        return this;
    }

    private Behavior<Command> on(Counted counted) {
        counted.replyTo()
                .tell(new NodeReport(
                        about.node(),
                        about.httpUrl(),
                        about.version(),
                        about.since(),
                        sweeper.getAsBoolean(),
                        counted.counts()));
        return this;
    }
}
