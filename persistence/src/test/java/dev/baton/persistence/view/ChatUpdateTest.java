package dev.baton.persistence.view;

import static dev.baton.persistence.view.SampleChat.chat;
import static dev.baton.persistence.view.SampleChat.message;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.Message;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ChatUpdateTest {
    private final ChatUpdate created = chat(1).update(message(1, "one"));
    private final ChatUpdate second = chat(1).at(2).step(message(2, "two"), message(3, "three"));

    @Test
    void twoBecomeOneWithAllMessages() {
        assertThat(created.and(second))
                .isEqualTo(new ChatUpdate(
                        chat(1).at(2).row(),
                        changes(0, 2, 0, message(1, "one"), message(2, "two"), message(3, "three"))));
    }

    @Test
    void theirOrderDoesNotMatter() {
        assertThat(second.and(created)).isEqualTo(created.and(second));
        assertThat(created.and(created)).isEqualTo(created);
    }

    @Test
    void aCutTakesEarlierMessagesAway() {
        ChatUpdate cut = chat(1).at(3).cut(3, message(5, "five"));
        assertThat(second.and(cut).messages()).isEqualTo(changes(1, 3, 2, message(2, "two"), message(5, "five")));
    }

    @Test
    void aCutBelowWhatIsKnownHereReachesFurther() {
        ChatUpdate cut = chat(1).at(3).cut(1, message(5, "five"));
        assertThat(second.and(cut).messages()).isEqualTo(changes(1, 3, 1, message(5, "five")));
    }

    @Test
    void aStepWithoutMessagesKeepsThem() {
        assertThat(second.and(chat(1).at(3).step()).messages())
                .isEqualTo(changes(1, 3, 2, message(2, "two"), message(3, "three")));
        assertThat(chat(1).at(2).step().and(chat(1).at(3).step()).messages())
                .isEqualTo(new MessageChanges(1, 3, OptionalLong.empty(), List.of()));
    }

    @Test
    void afterAMissingVersionOnlyTheRowIsNewer() {
        assertThat(created.and(chat(1).at(3).step(message(3, "three"))))
                .isEqualTo(new ChatUpdate(chat(1).at(3).row(), created.messages()));
    }

    @Test
    void theWholeChatReplacesAll() {
        ChatUpdate whole = chat(1).at(7).update(message(5, "five"));
        assertThat(created.and(whole)).isEqualTo(whole);
        assertThat(second.and(whole).messages().messages()).containsExactly(message(5, "five"));
        assertThat(second.and(whole).messages().since()).isZero();
    }

    private static MessageChanges changes(long since, long upTo, long from, Message... messages) {
        return new MessageChanges(since, upTo, OptionalLong.of(from), List.of(messages));
    }
}
