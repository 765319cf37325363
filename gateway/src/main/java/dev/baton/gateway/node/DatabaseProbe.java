package dev.baton.gateway.node;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Asks the database for the time again and again, and says whether it answers: an answer first, then the wait. */
final class DatabaseProbe extends AbstractOnMessageBehavior<DatabaseProbe.Command> {

    sealed interface Command {
        Behavior<Command> deliverTo(DatabaseProbe probe);
    }

    record AskNow() implements Command {
        @Override
        public Behavior<Command> deliverTo(DatabaseProbe probe) {
            return probe.ask();
        }
    }

    record Answered(boolean isThere) implements Command {
        @Override
        public Behavior<Command> deliverTo(DatabaseProbe probe) {
            return probe.on(this);
        }
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Supplier<CompletionStage<Instant>> clock;
    private final Consumer<Boolean> verdict;
    private final Duration interval;

    private DatabaseProbe(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Supplier<CompletionStage<Instant>> clock,
            Consumer<Boolean> verdict,
            Duration interval) {
        super(context);
        this.context = context;
        this.timers = timers;
        this.clock = clock;
        this.verdict = verdict;
        this.interval = interval;
    }

    /** {@code clock} answers or fails within a limit of its own; {@code verdict} hears each time whether it answered. */
    static Behavior<Command> create(
            Supplier<CompletionStage<Instant>> clock, Consumer<Boolean> verdict, Duration interval) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new DatabaseProbe(context, timers, clock, verdict, interval).ask()));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    private Behavior<Command> ask() {
        context.pipeToSelf(clock.get(), (now, failure) -> new Answered(failure == null));
        return this;
    }

    private Behavior<Command> on(Answered answered) {
        verdict.accept(answered.isThere());
        timers.startSingleTimer(new AskNow(), interval);
        return this;
    }
}
