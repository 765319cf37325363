package dev.baton.gateway.node;

import akka.Done;
import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of one phase, one after the other; a step that fails does not keep the next from its turn. A slow one says
 * what it waits for, once after a while and once shortly before the phase gives up.
 */
final class StepSequence implements Supplier<CompletionStage<Done>> {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownGraph.class);

    /** What takes longer than this keeps an operator waiting. */
    static final Duration SLOW = Duration.ofSeconds(1);

    /** Left before the limit for asking a step what it waits for. */
    private static final Duration LAST_WORD = Duration.ofMillis(500);

    private final ActorSystem<?> system;
    private final Duration limit;
    private final Duration slow;
    private final List<Step> steps;

    StepSequence(ActorSystem<?> system, Duration limit, Duration slow, List<Step> steps) {
        this.system = system;
        this.limit = limit;
        this.slow = slow;
        this.steps = List.copyOf(steps);
    }

    @Override
    public CompletionStage<Done> get() {
        long giveUp = System.nanoTime() + limit.minus(LAST_WORD).toNanos();
        CompletionStage<Done> sequence = CompletableFuture.completedFuture(Done.getInstance());
        for (Step step : steps) {
            sequence = sequence.thenCompose(done -> watched(step, Duration.ofNanos(giveUp - System.nanoTime())));
        }
        return sequence;
    }

    private CompletionStage<Done> watched(Step step, Duration left) {
        Cancellable atSlow = after(
                slow,
                () -> ask(step, reason -> LOG.info("the way down: {} is slow and waits for {}", step.name(), reason)));
        Cancellable atLimit = after(
                left,
                () -> ask(
                        step,
                        reason -> LOG.warn("the way down: {} is given up, still waiting for {}", step.name(), reason)));
        return ended(step).handle((done, failure) -> {
            atSlow.cancel();
            atLimit.cancel();
            if (failure != null) {
                LOG.warn("the way down: {} has failed; going on without it", step.name(), failure);
            }
            return Done.getInstance();
        });
    }

    private static CompletionStage<Done> ended(Step step) {
        try {
            return step.end().get();
        } catch (RuntimeException failure) {
            return CompletableFuture.failedFuture(failure);
        }
    }

    private Cancellable after(Duration delay, Runnable action) {
        Duration wait = delay.isNegative() ? Duration.ZERO : delay;
        return system.scheduler().scheduleOnce(wait, action, system.executionContext());
    }

    private static void ask(Step step, java.util.function.Consumer<String> say) {
        var unused = step.waitsFor()
                .get()
                .whenComplete((reason, failure) ->
                        say.accept(failure == null ? reason : "something that it cannot say: " + failure.getMessage()));
    }
}
