package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShutdownGraphTest {
    private static final Config CONFIG = ConfigFactory.parseString(
                    "akka.coordinated-shutdown { exit-jvm = off, run-by-jvm-shutdown-hook = off }")
            .withFallback(ConfigFactory.load());

    private final ActorTestKit kit = ActorTestKit.create("shutdown-graph", CONFIG);
    private final List<String> order = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void endsDependentsBeforeWhatTheyDependOn() {
        var times = new PhaseTimes(System::nanoTime);
        ShutdownGraph.declare(
                kit.system(),
                new ShutdownGraph.Steps(
                        () -> order.add("unready"),
                        step("runners"),
                        step("bridge"),
                        step("unbind"),
                        step("sockets"),
                        step("connections"),
                        step("rows")),
                times);
        get(CoordinatedShutdown.get(kit.system()).runAll(CoordinatedShutdown.unknownReason()));

        // The first two are told in the same moment, from two threads.
        assertThat(order.subList(0, 2)).containsExactlyInAnyOrder("unready", "runners");
        assertThat(order.subList(2, order.size()))
                .containsExactly("bridge", "unbind", "sockets", "connections", "rows");
        assertThat(times.summary()).isNotEmpty();
    }

    @Test
    void knowsAllPhases() {
        assertThat(CONFIG.getObject("akka.coordinated-shutdown.phases").keySet())
                .containsExactlyInAnyOrderElementsOf(ShutdownGraph.PHASES);
    }

    @Test
    void aStepThatFailsDoesNotKeepTheNextFromItsTurn() {
        Step failing = Step.of(
                "runners", () -> CompletableFuture.failedFuture(new IllegalStateException("no answer")), () -> "");
        Step throwing = Step.of(
                "bridge",
                () -> {
                    throw new IllegalStateException("no way");
                },
                () -> "");
        var sequence = sequence(Duration.ofMinutes(1), failing, throwing, step("unbind"));
        LoggingTestKit.warn("runners has failed; going on without it").expect(kit.system(), () -> get(sequence.get()));
        assertThat(order).containsExactly("unbind");
    }

    @Test
    void aSlowStepSaysWhatItWaitsForAndAgainWhenItIsGivenUp() {
        var end = new CompletableFuture<Done>();
        Step slow = Step.of("sockets", () -> end, () -> "3 sockets");
        var sequence = sequence(Duration.ofSeconds(1), slow);
        LoggingTestKit.warn("sockets is given up, still waiting for 3 sockets")
                .expect(
                        kit.system(),
                        () -> LoggingTestKit.info("sockets is slow and waits for 3 sockets")
                                .expect(kit.system(), () -> {
                                    var unused = sequence.get();
                                    return true;
                                }));
        end.complete(Done.getInstance());
    }

    private StepSequence sequence(Duration limit, Step... steps) {
        return new StepSequence(kit.system(), limit, Duration.ofMillis(1), List.of(steps));
    }

    private Step step(String name) {
        return Step.of(
                name,
                () -> {
                    order.add(name);
                    return CompletableFuture.completedFuture(Done.getInstance());
                },
                () -> "nothing");
    }

    private static Done get(CompletionStage<Done> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }
}
