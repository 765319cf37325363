package dev.baton.persistence.chat;

import static dev.baton.persistence.chat.Samples.answer;
import static dev.baton.persistence.chat.Samples.message;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Changing one's mind: edited messages and the queue. */
class EditTest {

    @Test
    void dropsAllThatCameAfterAndTheQueue() {
        TestChat chat = TestChat.idle()
                .sends(Busy.QUEUE, "more")
                .sends(Busy.QUEUE, "queued")
                .does(new ChatCommand.EditMessage(MessageId.FIRST, message("other")));

        assertThat(chat.at()).isEqualTo(State.R0);
        assertThat(chat.state().history().messages())
                .extracting(Message::content)
                .containsExactly(Samples.content("other"));
        assertThat(chat.lastMessage().id().number()).isGreaterThan(4);
    }

    @Test
    void dropsRunningWorkForTheSameRunnerToBeginAnew() {
        TestChat chat = TestChat.running().startsAttempt();
        Fence before = chat.fence();

        chat.does(new ChatCommand.EditMessage(MessageId.FIRST, message("other")));

        assertThat(chat.fence().epoch()).isEqualTo(before.epoch());
        assertThat(chat.fence()).isNotEqualTo(before);
        assertThat(chat.state().turn().attempt()).isEqualTo(1);
    }

    @Test
    void isForUserMessagesOnly() {
        TestChat chat = TestChat.idle();

        assertThat(chat.codeOf(new ChatCommand.EditMessage(chat.lastMessage().id(), message("other"))))
                .isEqualTo(ErrorCode.MESSAGE_NOT_EDITABLE);
        assertThat(chat.codeOf(new ChatCommand.EditMessage(new MessageId(9), message("other", "mine"))))
                .isEqualTo(ErrorCode.MESSAGE_NOT_FOUND);
        assertThat(chat.codeOf(new ChatCommand.EditMessage(MessageId.FIRST, message(""))))
                .isEqualTo(ErrorCode.CONTENT_EMPTY);
    }

    @Test
    void promotesAnyQueuedMessageToGoNext() {
        TestChat chat = TestChat.running().sends(Busy.QUEUE, "one").sends(Busy.QUEUE, "two");

        chat.does(new ChatCommand.PromoteQueued(chat.queued(1)));
        assertThat(chat.at()).isEqualTo(State.I1);

        chat.finishesInterruption(answer("so f"));
        assertThat(chat.lastMessage().content()).isEqualTo(Samples.content("two"));
        assertThat(chat.at()).isEqualTo(State.R1);
    }

    @Test
    void deletesOnlyWhatIsQueued() {
        TestChat chat = TestChat.running().sends(Busy.QUEUE, "one").sends(Busy.QUEUE, "two");
        QueueId first = chat.queued(0);

        chat.does(new ChatCommand.DeleteQueued(first));

        assertThat(chat.state().queue().messages())
                .extracting(QueuedMessage::content)
                .containsExactly(Samples.content("two"));
        assertThat(chat.codeOf(new ChatCommand.DeleteQueued(first))).isEqualTo(ErrorCode.QUEUED_MESSAGE_NOT_FOUND);
        assertThat(chat.codeOf(new ChatCommand.PromoteQueued(first))).isEqualTo(ErrorCode.QUEUED_MESSAGE_NOT_FOUND);
    }
}
