package dev.baton.persistence.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How streamed pieces become a message's content. */
class PartsTest {
    private static final Part CALL = new Part.ToolCall("c1", "look", "{}");

    @Test
    void joinsNeighboursOfAKind() {
        assertThat(Parts.joined(List.of(
                        thought("a", null), thought("b", null), text("c"), text("d"), CALL, text("e"), text("f"))))
                .containsExactly(thought("ab", null), text("cd"), CALL, text("ef"));
    }

    @Test
    void neverJoinsCallsOrResults() {
        Part result = Samples.result("c1");

        assertThat(Parts.joined(List.of(CALL, CALL, result, result))).containsExactly(CALL, CALL, result, result);
    }

    @Test
    void dropsWhatIsEmpty() {
        assertThat(Parts.joined(List.of(text(""), CALL, thought("", null), text(""))))
                .containsExactly(CALL);
        assertThat(Parts.joined(List.of())).isEmpty();
    }

    @Test
    void joinsReasoningUpToItsSignature() {
        assertThat(Parts.joined(List.of(
                        thought("a", null),
                        thought("b", null),
                        thought("", "s1"),
                        thought("c", null),
                        thought("", "s2"))))
                .containsExactly(thought("ab", "s1"), thought("c", "s2"));
    }

    @Test
    void keepsReasoningThatIsOnlyASignature() {
        assertThat(Parts.joined(List.of(thought("", "s")))).containsExactly(thought("", "s"));
    }

    @Test
    void changesNothingTheSecondTime() {
        List<Part> once = Parts.joined(List.of(thought("a", "s1"), thought("b", null), text("c"), text("d"), CALL));

        assertThat(Parts.joined(once)).isEqualTo(once);
    }

    private static Part text(String text) {
        return new Part.Text(text);
    }

    private static Part thought(String text, @Nullable String signature) {
        return new Part.Reasoning(text, signature);
    }
}
