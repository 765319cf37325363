package dev.baton.runner.takeover;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.RunnerSupervisor;
import java.util.List;
import java.util.Optional;

/**
 * Tells a node's supervisor again and again which chats with work its node holds, as the database has it.
 *
 * <p>Another node may give it a chat, and the hint that says so may get lost, with that node or on the way. No sweep
 * would find such a chat, since its holder lives.
 */
public final class HoldCheck extends AbstractOnMessageBehavior<HoldCheck.Command> {

    /** What it can be told. */
    public sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(HoldCheck check);
    }

    record Due() implements Command {
        @Override
        public Behavior<Command> deliverTo(HoldCheck check) {
            return check.on(this);
        }
    }

    record Read(List<ChatId> chats) implements Command {
        @Override
        public Behavior<Command> deliverTo(HoldCheck check) {
            return check.on(this);
        }
    }

    record Failed(Throwable why) implements Command {
        @Override
        public Behavior<Command> deliverTo(HoldCheck check) {
            return check.on(this);
        }
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final NodeId node;
    private final StaleChats chats;
    private final ActorRef<RunnerSupervisor.Command> supervisor;
    private final RunnerSettings.Takeover settings;

    private HoldCheck(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            NodeId node,
            StaleChats chats,
            ActorRef<RunnerSupervisor.Command> supervisor,
            RunnerSettings.Takeover settings) {
        super(context);
        this.context = context;
        this.timers = timers;
        this.node = node;
        this.chats = chats;
        this.supervisor = supervisor;
        this.settings = settings;
    }

    /** Looks as often as the sweeper sweeps. */
    public static Behavior<Command> create(
            NodeId node, StaleChats chats, ActorRef<RunnerSupervisor.Command> supervisor, RunnerSettings settings) {
        return Behaviors.setup(context -> Behaviors.withTimers(
                timers -> new HoldCheck(context, timers, node, chats, supervisor, settings.takeover()).rest()));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    Behavior<Command> on(Due due) {
        return read(Optional.empty());
    }

    private Behavior<Command> read(Optional<ChatId> after) {
        context.pipeToSelf(
                chats.heldBy(node, after, settings.page()),
                (held, failure) -> failure == null ? new Read(held) : new Failed(failure));
        return this;
    }

    private Behavior<Command> on(Read read) {
        List<ChatId> held = read.chats();
        if (!held.isEmpty()) {
            supervisor.tell(new RunnerSupervisor.Held(held));
        }
        return held.size() < settings.page() ? rest() : read(Optional.of(held.get(held.size() - 1)));
    }

    /** Others say that the database is away. */
    private Behavior<Command> on(Failed failed) {
        context.getLog().debug("cannot look for the chats that this node holds; trying again", failed.why());
        return rest();
    }

    /** First the look, then the wait, so that a slow one cannot chase itself. */
    private Behavior<Command> rest() {
        timers.startSingleTimer(new Due(), settings.sweepInterval());
        return this;
    }
}
