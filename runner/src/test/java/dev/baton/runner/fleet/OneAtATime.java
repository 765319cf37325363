package dev.baton.runner.fleet;

import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorSignalInterceptor;
import akka.actor.typed.PostStop;
import akka.actor.typed.PreRestart;
import akka.actor.typed.Signal;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.runner.Epoch;
import dev.baton.runner.TaskFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Hands out tasks and notes when two of one epoch are alive at once. */
final class OneAtATime implements TaskFactory {
    private final TaskFactory tasks;
    private final List<String> violations;
    private final Set<Epoch> alive = new HashSet<>();

    OneAtATime(TaskFactory tasks, List<String> violations) {
        this.tasks = tasks;
        this.violations = violations;
    }

    @Override
    public Behavior<?> generation(Work work) {
        return counted(tasks.generation(work), work.epoch());
    }

    @Override
    public Behavior<?> interrupt(Work work) {
        return counted(tasks.interrupt(work), work.epoch());
    }

    @Override
    public Behavior<?> actionTimeout(Work work) {
        return counted(tasks.actionTimeout(work), work.epoch());
    }

    @Override
    public Behavior<?> release(Work work) {
        return counted(tasks.release(work), work.epoch());
    }

    @Override
    public Behavior<?> handOver(Work work) {
        return counted(tasks.handOver(work), work.epoch());
    }

    private <T> Behavior<T> counted(Behavior<T> task, Epoch epoch) {
        return Behaviors.setup(context -> {
            if (!alive.add(epoch)) {
                violations.add("two tasks of " + epoch + " are alive at once");
            }
            return Behaviors.intercept(() -> new EndOf<>(epoch), task);
        });
    }

    private final class EndOf<T> extends BehaviorSignalInterceptor<T> {
        private final Epoch epoch;

        EndOf(Epoch epoch) {
            this.epoch = epoch;
        }

        @Override
        public Behavior<T> aroundSignal(TypedActorContext<T> context, Signal signal, SignalTarget<T> target) {
            if (signal instanceof PostStop || signal instanceof PreRestart) {
                alive.remove(epoch);
            }
            return target.apply(context, signal);
        }
    }
}
