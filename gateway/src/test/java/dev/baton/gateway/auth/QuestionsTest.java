package dev.baton.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private final Deque<Runnable> work = new ArrayDeque<>();
    private final Questions questions = new Questions(work::add, 2, 1, Duration.ofSeconds(30));

    @Test
    void areAskedAFewAtATimeAndThenRefused() {
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int number = i;
            answers.add(questions.ask(() -> number).toCompletableFuture());
        }
        assertThat(work).hasSize(2);
        CompletableFuture<Integer> tooMuch = questions.ask(() -> 3).toCompletableFuture();
        assertThatThrownBy(tooMuch::join).hasMessageContaining("try again");
        while (!work.isEmpty()) {
            work.remove().run();
        }
        assertThat(answers).extracting(CompletableFuture::join).containsExactly(0, 1, 2);
        assertThat(questions.ask(() -> 4).toCompletableFuture()).isNotDone();
        assertThat(work).hasSize(1);
    }

    @Test
    void thatFailMakeRoomForOthers() {
        for (int i = 0; i < 5; i++) {
            CompletableFuture<Integer> failed = questions
                    .<Integer>ask(() -> {
                        throw new IllegalStateException("no");
                    })
                    .toCompletableFuture();
            work.remove().run();
            assertThatThrownBy(failed::join).hasMessageContaining("no");
        }
        assertThat(work).isEmpty();
    }
}
