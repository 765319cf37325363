package dev.baton.persistence.chat;

import static dev.baton.persistence.chat.Samples.send;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No command leads to an impossible state; should there be one all the same, there is a way out of it. */
class ReconcileTest {

    @Test
    void leadsAWaitingChatWithAQueueToAnError() {
        TestChat chat = TestChat.running().sends(Busy.QUEUE, "one").forcedTo(Status.WAITING, false);

        reconciles(chat, State.E1);
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "INTERRUPTING", "REQUIRES_ACTION"})
    void leadsAnArchivedChatWithWorkToAnError(Status status) {
        reconciles(TestChat.running().forcedTo(status, true), State.E0);
        reconciles(TestChat.running().sends(Busy.QUEUE, "one").forcedTo(status, true), State.E1);
    }

    @Test
    void goesOnWithTheNextMessage() {
        TestChat chat = TestChat.waitingFor("c1")
                .forcedTo(Status.RUNNING, true)
                .does(new ChatCommand.Reconcile())
                .sends(Busy.QUEUE, "more");

        assertThat(chat.at()).isEqualTo(State.R0);
        assertThat(chat.state().failure()).isNull();
    }

    private static void reconciles(TestChat chat, State to) {
        assertThat(chat.state().state()).isEmpty();
        assertThat(chat.codeOf(send(Busy.QUEUE, "more"))).isEqualTo(ErrorCode.CHAT_STATE_IMPOSSIBLE);
        assertThat(chat.codeOf(new ChatCommand.Archive())).isEqualTo(ErrorCode.CHAT_STATE_IMPOSSIBLE);
        assertThat(chat.codeOf(new ChatCommand.FinishTurn(chat.fence(), null)))
                .isEqualTo(ErrorCode.CHAT_STATE_IMPOSSIBLE);

        chat.does(new ChatCommand.Reconcile());

        assertThat(chat.at()).isEqualTo(to);
        assertThat(chat.codeOf(new ChatCommand.Reconcile())).isEqualTo(ErrorCode.CHAT_STATE_VALID);
    }
}
