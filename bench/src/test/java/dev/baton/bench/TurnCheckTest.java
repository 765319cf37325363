package dev.baton.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TurnCheckTest {

    @Test
    void oneWholeAnswerToEachQuestionIsRight() {
        assertThat(faults(2, question(), answer("One two."), question(), answer("Three four.")))
                .isEmpty();
    }

    @Test
    void anAnswerTooFewIsWrong() {
        assertThat(faults(1, question())).containsExactly("chat c: 1 messages after 1 turns");
    }

    @Test
    void twoAnswersAreWrong() {
        assertThat(faults(1, question(), answer("One two."), answer("One two.")))
                .containsExactly("chat c: message 3 is by the assistant, not the user");
    }

    @Test
    void anAnswerThatStoppedHalfwayIsWrong() {
        assertThat(faults(1, question(), answer("One."))).containsExactly("chat c: answer 1 has 1 words, not 2");
    }

    private static List<String> faults(int turns, JsonNode... messages) {
        return TurnCheck.faults("c", Stream.of(messages).toList(), turns, 2);
    }

    private static JsonNode question() {
        return json("{'role':'user','content':[{'type':'text','text':'Well?'}]}");
    }

    private static JsonNode answer(String text) {
        return json("{'role':'assistant','content':[{'type':'text','text':'%s'}]}".formatted(text));
    }

    private static JsonNode json(String text) {
        try {
            return Api.JSON.readTree(text.replace('\'', '"'));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
