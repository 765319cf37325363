package dev.baton.persistence.chat;

import static dev.baton.persistence.chat.Samples.NODE;
import static dev.baton.persistence.chat.Samples.newChat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How a chat begins. */
class CreateTest {

    @Test
    void runsAtOnceWhenMadeWithAMessage() {
        TestChat chat = new TestChat().does(newChat("hello"));

        assertThat(chat.at()).isEqualTo(State.R0);
        assertThat(chat.state().hold()).isEqualTo(new Hold(1, NODE, null));
        assertThat(chat.state().turn())
                .isEqualTo(Turn.startedBy(new MessageId(1)).withAttempt(1));
        assertThat(chat.state().details().title()).isEqualTo("hello");
        assertThat(chat.sent()).isEqualTo(new Sent(new MessageId(1), null));
    }

    @Test
    void writesAllOfItTogether() {
        TestChat chat = new TestChat().does(newChat("hello"));

        assertThat(chat.last())
                .extracting(event -> event.getClass().getSimpleName())
                .containsExactly(
                        "ChatCreated", "DetailsChanged", "UserMessageAdded", "RunnerAssigned", "AttemptStarted");
        assertThat(chat.state().version()).isEqualTo(5);
        assertThat(chat.state().history().version()).isEqualTo(3);
    }

    @Test
    void waitsWhenMadeWithoutAMessage() {
        TestChat chat = new TestChat().does(newChat());

        assertThat(chat.at()).isEqualTo(State.W);
        assertThat(chat.state().hold()).isEqualTo(Hold.NEVER);
        assertThat(chat.sent()).isNull();
    }

    @Test
    void isNotMadeAtAllWhenItsMessageSaysNothing() {
        TestChat chat = new TestChat();

        assertThat(chat.codeOf(newChat(" "))).isEqualTo(ErrorCode.CONTENT_EMPTY);
        assertThat(chat.state().exists()).isFalse();
    }

    @Test
    void answersTheSameRequestAsTheFirstTime() {
        var request = newChat("key", Samples.message("hello"));
        TestChat chat = new TestChat().does(request);
        Sent first = chat.sent();

        chat.finishesTurn(Samples.answer("hi")).restarted().does(request);

        assertThat(chat.does(request).sent()).isEqualTo(first);
        assertThat(chat.last()).isEmpty();
    }

    @Test
    void answersTheSameRequestWithoutAMessageAsTheFirstTime() {
        TestChat chat = new TestChat().does(newChat("key", null)).does(newChat("key", null));

        assertThat(chat.sent()).isNull();
        assertThat(chat.last()).isEmpty();
    }

    @Test
    void refusesAnotherRequestForAChatThatExists() {
        TestChat chat = new TestChat().does(newChat("key", null));

        assertThat(chat.codeOf(newChat("other key", null))).isEqualTo(ErrorCode.CHAT_EXISTS);
        assertThat(chat.codeOf(newChat(null, null))).isEqualTo(ErrorCode.CHAT_EXISTS);
    }

    @Test
    void isNoAnswerToTheSameKeyOfSomeoneElse() {
        TestChat chat = new TestChat().does(newChat("key", null));
        var stranger = new ChatCommand.Create("eve", Details.NONE, "simulated/default", null, List.of(), "key", null);

        assertThat(chat.codeOf(stranger)).isEqualTo(ErrorCode.CHAT_EXISTS);
    }
}
