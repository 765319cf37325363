package dev.baton.persistence.chat;

import static dev.baton.persistence.chat.Samples.NODE;
import static dev.baton.persistence.chat.Samples.answer;
import static dev.baton.persistence.chat.Samples.send;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a message does to a chat. */
class SendTest {

    @Test
    void givesAnIdleChatARunnerAndAnAttemptInTheSameWrite() {
        TestChat chat = TestChat.idle().sends(Busy.QUEUE, "more");

        assertThat(chat.last())
                .containsExactly(
                        new ChatEvent.UserMessageAdded(chat.lastMessage(), false, chat.now()),
                        new ChatEvent.RunnerAssigned(2, NODE, null, chat.now()),
                        new ChatEvent.AttemptStarted(1, chat.now()));
    }

    @Test
    void bearsTheVersionOfTheEventThatBringsTheMessage() {
        TestChat chat = TestChat.idle();
        long before = chat.state().version();

        chat.sends(Busy.QUEUE, "more");

        assertThat(chat.lastMessage().version())
                .isEqualTo(before + 1)
                .isEqualTo(chat.state().history().version());
    }

    @Test
    void queuesInOrderUpToTheLimit() {
        TestChat chat = TestChat.running()
                .sends(Busy.QUEUE, "one")
                .sends(Busy.QUEUE, "two")
                .sends(Busy.QUEUE, "three");
        ChatState full = chat.state();

        Decision.Refused refused = chat.refuses(send(Busy.QUEUE, "four"));

        assertThat(refused.code()).isEqualTo(ErrorCode.MESSAGE_QUEUE_FULL);
        assertThat(refused.detail()).contains("3");
        assertThat(chat.state()).isEqualTo(full);
        assertThat(chat.codeOf(send(Busy.STEER, "four"))).isEqualTo(ErrorCode.MESSAGE_QUEUE_FULL);
        assertThat(chat.codeOf(send(Busy.INTERRUPT, "four"))).isEqualTo(ErrorCode.MESSAGE_QUEUE_FULL);
    }

    @Test
    void isTakenByAFailedChatWithAFullQueueSinceOneLeavesIt() {
        TestChat chat = TestChat.running()
                .sends(Busy.QUEUE, "one")
                .sends(Busy.QUEUE, "two")
                .sends(Busy.QUEUE, "three")
                .failsTurn()
                .sends(Busy.QUEUE, "four");

        assertThat(chat.lastMessage().content()).isEqualTo(Samples.content("one"));
        assertThat(chat.state().queue().messages()).hasSize(3);
        assertThat(chat.state().failure()).isNull();
    }

    @Test
    void choosesTheModelFromThatMessageOn() {
        TestChat chat = TestChat.running()
                .does(new ChatCommand.SendMessage(
                        new NewMessage(Samples.content("more"), "simulated/other", null), Busy.QUEUE));
        assertThat(chat.state().model()).isEqualTo("simulated/default");

        chat.finishesTurn(answer("hi"));

        assertThat(chat.state().model()).isEqualTo("simulated/other");
    }

    @Test
    void givesAChatWithoutATitleOne() {
        TestChat chat = new TestChat().does(Samples.newChat()).sends(Busy.QUEUE, " What is\n an actor? ");

        assertThat(chat.state().details().title()).isEqualTo("What is an actor?");
    }

    @Test
    void givesNoTitleLongerThanAllowed() {
        var limits = new ChatLimits(1, 1, 1, 1, 5);
        ChatState none = TestChat.running().state();
        var decided = (Decision.Accepted) new Decider(limits)
                .decide(ChatState.none(none.id()), Samples.newChat("a long story"), new Here(NODE, Samples.START));

        assertThat(decided.events())
                .contains(new ChatEvent.DetailsChanged(Samples.details("a lo…", Map.of()), Samples.START));
    }

    @Test
    void replacesTheTurnsMessageOnRollback() {
        TestChat chat =
                TestChat.idle().sends(Busy.QUEUE, "more").commits(answer("so")).sends(Busy.QUEUE, "queued");

        chat.sends(Busy.ROLLBACK, "rather this");

        assertThat(chat.at()).isEqualTo(State.R0);
        assertThat(chat.state().history().messages())
                .extracting(Message::content)
                .containsExactly(Samples.content("hello"), Samples.content("hi"), Samples.content("rather this"));
        assertThat(chat.state().turn().userMessage())
                .isEqualTo(chat.lastMessage().id());
    }

    @Test
    void cannotRollBackACompaction() {
        TestChat chat = TestChat.idle().does(new ChatCommand.Compact());

        assertThat(chat.codeOf(send(Busy.ROLLBACK, "no"))).isEqualTo(ErrorCode.CHAT_BUSY);
    }

    @Test
    void interruptsWhatRunsAndWaitsInTheQueue() {
        TestChat chat = TestChat.running().sends(Busy.INTERRUPT, "stop");
        assertThat(chat.at()).isEqualTo(State.I1);

        chat.finishesInterruption(answer("so f"));

        assertThat(chat.at()).isEqualTo(State.R0);
        assertThat(chat.lastMessage().content()).isEqualTo(Samples.content("stop"));
    }
}
