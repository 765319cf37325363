package dev.baton.gateway.node.pause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PauseGuardTest {
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final AtomicLong nanoTime = new AtomicLong();
    private final List<CompletableFuture<Boolean>> questions = new ArrayList<>();
    private final List<String> effects = new ArrayList<>();
    private final PauseGuard guard = new PauseGuard(LIMIT, this::ask, nanoTime::get);
    private final Gate gate = guard.gate();

    @Test
    void effectsPassWhileTheNodeRuns() {
        for (int i = 0; i < 100; i++) {
            lose(100);
            guard.look();
        }
        effect("one");
        assertThat(effects).containsExactly("one");
        assertThat(questions).isEmpty();
    }

    @Test
    void nothingPassesAfterAPauseEvenBeforeItWasNoticed() {
        lose(1_001);
        effect("one");
        assertThat(effects).isEmpty();
        assertThat(gate.passed().toCompletableFuture()).isNotDone();
    }

    @Test
    void whatWaitedPassesInOrderOnceTheNodeMayGoOn() {
        lose(5_000);
        effect("one");
        guard.look();
        effect("two");
        CompletionStage<?> passed = gate.passed();
        assertThat(effects).isEmpty();

        questions.get(0).complete(true);
        effect("three");
        assertThat(effects).containsExactly("one", "two", "three");
        assertThat(passed.toCompletableFuture()).isDone();
    }

    @Test
    void nothingPassesOnceTheNodeWasDeclaredDown() {
        lose(5_000);
        guard.look();
        questions.get(0).complete(false);
        effect("one");
        lose(5_000);
        guard.look();
        assertThat(effects).isEmpty();
        assertThat(questions).hasSize(1);
    }

    @Test
    void asksAgainWhileTheDatabaseDoesNotAnswer() {
        lose(5_000);
        guard.look();
        questions.get(0).completeExceptionally(new IllegalStateException("away"));
        effect("one");
        guard.look();
        assertThat(effects).isEmpty();
        questions.get(1).complete(true);
        assertThat(effects).containsExactly("one");
    }

    @Test
    void anAnswerFromBeforeTheLastPauseSaysNothing() {
        lose(5_000);
        guard.look();
        effect("one");
        lose(5_000);
        guard.look();
        questions.get(0).complete(true);
        assertThat(effects).isEmpty();
        questions.get(1).complete(true);
        assertThat(effects).containsExactly("one");
    }

    @Test
    void aTickThatIsOnlyALittleLateHoldsNothingUpForLong() {
        lose(1_000);
        effect("one");
        guard.look();
        assertThat(effects).containsExactly("one");
    }

    @Test
    void atTheEndEffectsPassWithoutAGuard() {
        guard.end();
        lose(5_000);
        effect("one");
        assertThat(effects).containsExactly("one");
    }

    @Test
    void aNodeThatIsDeclaredDownWithoutAPauseEndsItsEffects() {
        guard.endEffects();
        effect("one");
        assertThat(effects).isEmpty();
    }

    @Test
    void theLimitMustBePositive() {
        assertThatThrownBy(() -> new PauseGuard(Duration.ZERO, this::ask, nanoTime::get))
                .hasMessageContaining("baton.node.pause-limit (PT0S)");
    }

    private void lose(long millis) {
        nanoTime.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private void effect(String name) {
        gate.pass(() -> effects.add(name));
    }

    private CompletionStage<Boolean> ask() {
        var question = new CompletableFuture<Boolean>();
        questions.add(question);
        return question;
    }
}
