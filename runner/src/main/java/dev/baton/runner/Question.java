package dev.baton.runner;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one thing of somebody who may be far away, and stops when it is answered.
 *
 * <p>A child of whoever wants to know: when that one stops or starts again, the question goes with it, and an answer
 * that comes too late meets nobody. An answer to an earlier try is as good as one to the last.
 */
public final class Question {
    private static final Logger LOG = LoggerFactory.getLogger(Question.class);

    /** No answer came in time. */
    private enum Silence {
        FELL
    }

    private enum Pause {
        OVER
    }

    private Question() {}

    /**
     * What is told to a chat may get lost while the chat moves to another node, so the first silence is taken for that; a
     * chat that only is slow is asked again less and less often.
     */
    private static final Duration FIRST_PATIENCE = Duration.ofMillis(250);

    /**
     * Asks again, with growing patience, until an answer {@code settles} it. {@code tell} is called by another actor and
     * must do nothing but tell.
     */
    public static <A> Behavior<A> untilSettled(
            String what,
            Class<A> kind,
            Consumer<ActorRef<A>> ask,
            Predicate<A> settles,
            Consumer<A> tell,
            RunnerSettings settings) {
        return Behaviors.<Object>setup(context -> Behaviors.withTimers(
                        timers -> new Asker<>(what, kind, ask, settles, tell, settings, context, timers).asking(1)))
                .narrow();
    }

    /** Asks once; {@code silence} is called when no answer comes in time. Both may do nothing but tell. */
    public static <A> Behavior<A> once(
            Class<A> kind, Consumer<ActorRef<A>> ask, Consumer<A> tell, Runnable silence, Duration timeout) {
        return Behaviors.<Object>setup(context -> Behaviors.withTimers(timers -> {
                    timers.startSingleTimer(Silence.FELL, timeout);
                    ask.accept(context.getSelf().narrow());
                    return Behaviors.receiveMessage(message -> {
                        if (message instanceof Silence) {
                            silence.run();
                        } else {
                            tell.accept(kind.cast(message));
                        }
                        return Behaviors.stopped();
                    });
                }))
                .narrow();
    }

    private record Asker<A>(
            String what,
            Class<A> kind,
            Consumer<ActorRef<A>> ask,
            Predicate<A> settles,
            Consumer<A> tell,
            RunnerSettings settings,
            ActorContext<Object> context,
            TimerScheduler<Object> timers) {

        Behavior<Object> asking(int nth) {
            timers.startSingleTimer(Silence.FELL, patience(nth));
            ask.accept(context.getSelf().narrow());
            return Behaviors.receiveMessage(message -> on(message, nth));
        }

        private Behavior<Object> on(Object message, int nth) {
            if (message instanceof Pause) {
                return asking(nth + 1);
            }
            if (message instanceof Silence) {
                return silence(nth);
            }
            A answer = kind.cast(message);
            if (!settles.test(answer)) {
                return pausing(answer, nth);
            }
            tell.accept(answer);
            return Behaviors.stopped();
        }

        private Duration patience(int nth) {
            return new RunnerSettings.Backoff(FIRST_PATIENCE, settings.askTimeout()).before(nth);
        }

        /** It was waited for already, so it is asked again at once. */
        private Behavior<Object> silence(int nth) {
            boolean longest = patience(nth).equals(settings.askTimeout());
            if (longest && (nth == 1 || !patience(nth - 1).equals(settings.askTimeout()))) {
                LOG.warn("{}: no answer within {}; trying again until it is done", what, settings.askTimeout());
            }
            return asking(nth + 1);
        }

        /** Only the first failure is worth a line: the others follow from it. */
        private Behavior<Object> pausing(Object outcome, int nth) {
            if (nth == 1) {
                LOG.warn("{}: {}; trying again until it is done", what, outcome);
            }
            timers.cancel(Silence.FELL);
            timers.startSingleTimer(Pause.OVER, settings.taskRetry().before(nth));
            return Behaviors.receiveMessage(message -> on(message, nth));
        }
    }
}
