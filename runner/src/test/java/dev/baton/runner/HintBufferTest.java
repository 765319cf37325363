package dev.baton.runner;

import static dev.baton.persistence.chat.Status.RUNNING;
import static dev.baton.runner.Samples.hint;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatHint;
import org.junit.jupiter.api.Test;

class HintBufferTest {
    private static final ChatHint FIRST = hint(1, 1, 1, RUNNING);
    private static final ChatHint SECOND = hint(1, 2, 1, RUNNING);
    private static final ChatHint THIRD = hint(1, 3, 1, RUNNING);

    private final HintBuffer buffer = new HintBuffer(1);

    @Test
    void handsOverOneHintAtATime() {
        assertThat(buffer.offer(FIRST)).contains(FIRST);
        assertThat(buffer.offer(SECOND)).isEmpty();
        assertThat(buffer.taken()).contains(SECOND);
        assertThat(buffer.taken()).isEmpty();
        assertThat(buffer.offer(THIRD)).contains(THIRD);
    }

    @Test
    void keepsTheOlderHintsAndDropsTheNewestWhenFull() {
        buffer.offer(FIRST);
        buffer.offer(SECOND);
        assertThat(buffer.offer(THIRD)).isEmpty();
        assertThat(buffer.taken()).contains(SECOND);
        assertThat(buffer.taken()).isEmpty();
    }
}
