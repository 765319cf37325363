package dev.baton.persistence.chat;

import static dev.baton.persistence.chat.Samples.answer;
import static dev.baton.persistence.chat.Samples.message;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a model gets to see: clearing, compacting, and going back to before either. */
class ContextTest {

    @Test
    void beginsAnewWhenCleared() {
        TestChat chat = TestChat.idle().does(new ChatCommand.Clear());
        assertThat(chat.state().history().context()).isEmpty();

        chat.sends(Busy.QUEUE, "more");

        assertThat(chat.state().history().context()).containsExactly(chat.lastMessage());
        assertThat(chat.state().history().messages()).hasSize(3);
    }

    @Test
    void isTheSummaryOnceCompacted() {
        TestChat chat = TestChat.idle().does(new ChatCommand.Compact());
        assertThat(chat.state().turn()).isEqualTo(Turn.ofCompaction().withAttempt(1));

        chat.finishesTurn(answer("summary"));

        assertThat(chat.at()).isEqualTo(State.W);
        assertThat(chat.state().history().context()).containsExactly(chat.lastMessage());
        assertThat(chat.lastMessage().content()).isEqualTo(Samples.content("summary"));
    }

    @Test
    void isAnotherHistoryOnceCompactedSoAttemptsCountAnew() {
        TestChat chat = TestChat.running().startsAttempt();

        ChatState compacted = chat.state().apply(new ChatEvent.ContextCompacted(MessageId.FIRST, chat.now()));

        assertThat(compacted.turn().attempt()).isZero();
        assertThat(compacted.history().version()).isEqualTo(compacted.version());
    }

    @Test
    void staysWhenTheCompactionSaysNothing() {
        TestChat chat = TestChat.idle().does(new ChatCommand.Compact()).finishesTurn(Samples.nothing());

        assertThat(chat.at()).isEqualTo(State.W);
        assertThat(chat.state().history().context()).hasSize(2);
    }

    @Test
    void staysWhenTheCompactionIsCutOff() {
        TestChat chat =
                TestChat.idle().does(new ChatCommand.Compact()).interrupted().finishesInterruption(answer("summ"));

        assertThat(chat.at()).isEqualTo(State.W);
        assertThat(chat.state().history().context()).hasSize(2);
    }

    @Test
    void isNotCompactedWhenEmpty() {
        TestChat chat = TestChat.idle().does(new ChatCommand.Clear());

        assertThat(chat.codeOf(new ChatCommand.Compact())).isEqualTo(ErrorCode.CONTENT_EMPTY);
    }

    @Test
    void isCompactedWhileMessagesWait() {
        TestChat chat = TestChat.running()
                .sends(Busy.QUEUE, "more")
                .failsTurn()
                .does(new ChatCommand.Compact())
                .finishesTurn(answer("summary"));

        assertThat(chat.at()).isEqualTo(State.R0);
        assertThat(chat.state().history().context())
                .extracting(Message::content)
                .containsExactly(Samples.content("summary"), Samples.content("more"));
    }

    @Test
    void isWholeAgainAfterAnEditBeforeItsBoundary() {
        TestChat chat = TestChat.idle().does(new ChatCommand.Clear()).sends(Busy.QUEUE, "more");

        chat.does(new ChatCommand.EditMessage(MessageId.FIRST, message("other")));

        assertThat(chat.state().history().context()).containsExactly(chat.lastMessage());
        assertThat(chat.state().history().contextStart()).isZero();
    }

    @Test
    void keepsItsBoundaryAfterAnEditBehindIt() {
        TestChat chat = TestChat.idle().does(new ChatCommand.Clear()).sends(Busy.QUEUE, "more");

        chat.does(new ChatCommand.EditMessage(chat.lastMessage().id(), message("other")));

        assertThat(chat.state().history().context()).containsExactly(chat.lastMessage());
        assertThat(chat.state().history().messages()).hasSize(3);
    }

    @Test
    void goesBackToTheOlderBoundaryAfterAnEditBetweenTwo() {
        TestChat chat = TestChat.idle().does(new ChatCommand.Clear()).sends(Busy.QUEUE, "more");
        MessageId between = chat.lastMessage().id();
        chat.finishesTurn(answer("so")).does(new ChatCommand.Compact()).finishesTurn(answer("summary"));

        chat.does(new ChatCommand.EditMessage(between, message("other")));

        assertThat(chat.state().history().context()).containsExactly(chat.lastMessage());
        assertThat(chat.state().history().messages()).hasSize(3);
    }

    @Test
    void hasOneBoundaryHoweverOftenItIsCleared() {
        TestChat chat = TestChat.idle().does(new ChatCommand.Clear()).does(new ChatCommand.Clear());

        assertThat(chat.state().history().boundaries()).hasSize(1);
    }

    @Test
    void isAppendedToWithoutCopyingAllOfIt() {
        List<Message> messages =
                LongStream.rangeClosed(1, 300).mapToObj(ContextTest::numbered).toList();
        History history = History.EMPTY;
        for (Message message : messages) {
            history = history.with(List.of(message), message.version());
        }
        History branch = history.truncatedFrom(new MessageId(257), 301).with(List.of(numbered(302)), 302);

        assertThat(history.messages()).isEqualTo(messages);
        assertThat(history.find(new MessageId(129))).contains(numbered(129));
        assertThat(branch.messages()).hasSize(257).startsWith(messages.get(0)).endsWith(numbered(302));
        assertThat(history.truncatedFrom(MessageId.FIRST, 301).messages()).isEmpty();
        assertThat(History.EMPTY.with(messages, 300)).isEqualTo(history);
    }

    private static Message numbered(long number) {
        return new Message(
                new MessageId(number),
                Role.USER,
                Samples.content("message " + number),
                number,
                Samples.START,
                false,
                null,
                null);
    }
}
