package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class DatabaseProbeTest {

    @Test
    void saysEachTimeWhetherTheDatabaseAnswers() {
        var kit = ActorTestKit.create();
        try {
            TestProbe<Boolean> verdicts = kit.createTestProbe();
            Queue<CompletionStage<Instant>> answers = new ArrayDeque<>(List.of(
                    CompletableFuture.completedFuture(Instant.EPOCH),
                    CompletableFuture.failedFuture(new IllegalStateException("away")),
                    CompletableFuture.completedFuture(Instant.EPOCH)));
            kit.spawn(DatabaseProbe.create(
                    () -> answers.isEmpty() ? new CompletableFuture<>() : answers.remove(),
                    verdicts.ref()::tell,
                    Duration.ofMillis(1)));

            assertThat(verdicts.receiveSeveralMessages(3)).containsExactly(true, false, true);
        } finally {
            kit.shutdownTestKit();
        }
    }
}
