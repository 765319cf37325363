package dev.baton.gateway.bridge;

import static dev.baton.gateway.bridge.Conversations.assistant;
import static dev.baton.gateway.bridge.Conversations.message;
import static dev.baton.gateway.bridge.Conversations.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulatedTextTest {

    /** A change of the text would break everyone who computed it; it is part of what users may rely on. */
    @Test
    void saysTheSameOnEveryMachineAndInEveryVersion() {
        assertThat(SimulatedText.of(List.of(user("Tell me something. words=12 seed=7"))))
                .isEqualTo("Every wooden captain reaches that bright song towards one gentle baker. The.");
    }

    @Test
    void dependsOnlyOnWhatWasSaid() {
        var elsewhere = new Message(
                new MessageId(99),
                Role.USER,
                List.of(new Part.Text("he"), new Part.Text("llo")),
                50,
                Instant.MAX,
                true,
                null,
                "x");
        assertThat(SimulatedText.of(List.of(elsewhere)))
                .isNotEqualTo(SimulatedText.of(List.of(user("goodbye"))))
                .isNotEqualTo(SimulatedText.of(List.of(user("hello"), assistant("yes"), user("hello"))));
    }

    @Test
    void doesNotDependOnTheSeamsOfStreamedText() {
        assertThat(SimulatedText.of(List.of(message(Role.USER, new Part.Text("he"), new Part.Text("llo")))))
                .isEqualTo(SimulatedText.of(List.of(user("hello"))));
    }

    @Test
    void hasExactlyAsManyWordsAsWished() {
        for (int words : new int[] {0, 1, 2, 13, 60, 500}) {
            String text = SimulatedText.of(List.of(user("please words=" + words)));
            assertThat(SimulatedText.wordsIn(text)).isEqualTo(words);
        }
        assertThat(SimulatedText.wordsIn(SimulatedText.of(List.of(user("hi"))))).isEqualTo(60);
    }

    @Test
    void leavesABeginningOfTheAnswerOutOfAccount() {
        String whole = SimulatedText.of(List.of(user("hi")));
        assertThat(SimulatedText.of(List.of(user("hi"), assistant(whole.substring(0, 20)))))
                .isEqualTo(whole);
    }

    @Test
    void countsAnEarlierAnswerAsPartOfTheConversation() {
        assertThat(SimulatedText.of(List.of(user("hi"), assistant("one"), user("more"))))
                .isNotEqualTo(SimulatedText.of(List.of(user("hi"), assistant("two"), user("more"))));
    }

    @Test
    void withASeedDependsOnItAlone() {
        assertThat(SimulatedText.of(List.of(user("a"), assistant("b"), user("seed=5 words=9"))))
                .isEqualTo(SimulatedText.of(List.of(user("words=9 something else seed=5"))));
    }
}
