package dev.baton.runner;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayList;
import java.util.List;

/** Tasks that do nothing and never end; {@link #started()} tells which there were, as {@code generation 5}. */
final class FakeTasks implements TaskFactory {
    private final List<String> started = new ArrayList<>();

    @Override
    public Behavior<?> generation(Work work) {
        return task("generation", work);
    }

    @Override
    public Behavior<?> interrupt(Work work) {
        return task("interrupt", work);
    }

    @Override
    public Behavior<?> actionTimeout(Work work) {
        return task("action timeout", work);
    }

    @Override
    public Behavior<?> release(Work work) {
        return task("release", work);
    }

    @Override
    public Behavior<?> handOver(Work work) {
        return task("hand over", work);
    }

    synchronized List<String> started() {
        return List.copyOf(started);
    }

    private synchronized Behavior<Void> task(String kind, Work work) {
        started.add(kind + " " + work.hint().version());
        return Behaviors.empty();
    }
}
