package dev.baton.persistence.chat;

import static dev.baton.persistence.chat.Samples.NODE;
import static dev.baton.persistence.chat.Samples.OTHER_NODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatEvent.RunnerAssigned;
import dev.baton.persistence.chat.ChatEvent.RunnerReleased;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A leaving node gives its chats away. */
class HandOverTest {
    private static final Duration CUT = Duration.ofMillis(12);

    @Test
    void goesStraightToTheSuccessorInOneWrite() {
        TestChat chat = TestChat.running().on(OTHER_NODE).handsOver(CUT);

        assertThat(chat.last())
                .containsExactly(
                        new RunnerAssigned(2, OTHER_NODE, new Move(NODE, Move.Cause.HANDOVER, CUT), chat.now()));
        assertThat(chat.state().hold()).isEqualTo(new Hold(2, OTHER_NODE, null));
    }

    @Test
    void countsFromTheLastEventWhenTheRunnerHadNotBegun() {
        TestChat chat = TestChat.running().on(OTHER_NODE);
        chat.does(new ChatCommand.HandOver(1, null));

        assertThat(chat.last().get(0))
                .isEqualTo(new RunnerAssigned(
                        2, OTHER_NODE, new Move(NODE, Move.Cause.HANDOVER, Duration.ofSeconds(1)), chat.now()));
    }

    @Test
    void countsNoPauseWhenTheOtherClockIsAhead() {
        TestChat chat = TestChat.running().on(OTHER_NODE).handsOver(CUT.negated());

        assertThat(chat.last().get(0))
                .isEqualTo(new RunnerAssigned(
                        2, OTHER_NODE, new Move(NODE, Move.Cause.HANDOVER, Duration.ZERO), chat.now()));
    }

    @Test
    void keepsTheTimeThatIsSetForARetry() {
        TestChat chat = TestChat.running().schedulesRetry();
        Retry retry = chat.state().turn().retry();

        chat.on(OTHER_NODE).handsOver(CUT);
        assertThat(chat.last()).hasSize(1);
        assertThat(chat.state().turn().retry()).isEqualTo(retry);
    }

    @Test
    void isGivenBackWhenNobodyStays() {
        TestChat chat = TestChat.running().on(null).handsOver(CUT);

        assertThat(chat.last()).containsExactly(new RunnerReleased(chat.now()));
        assertThat(chat.state().hold()).isEqualTo(new Hold(1, null, NODE));
    }

    @Test
    void isGivenBackWhenOnlyTheHolderCouldRunIt() {
        TestChat chat = TestChat.running().handsOver(CUT);

        assertThat(chat.last()).containsExactly(new RunnerReleased(chat.now()));
    }

    @Test
    void canBeRepeatedAfterItWasGivenBack() {
        TestChat chat = TestChat.running().on(null).handsOver(CUT);
        assertThat(chat.handsOver(CUT).last()).isEmpty();

        assertThat(chat.on(OTHER_NODE).handsOver(CUT).state().hold()).isEqualTo(new Hold(2, OTHER_NODE, null));
    }

    @Test
    void movesNoChatWithoutWork() {
        assertThat(TestChat.idle().on(OTHER_NODE).handsOver(CUT).last()).isEmpty();
    }

    @Test
    void isRefusedWhenTheEpochIsOver() {
        TestChat chat = TestChat.running().on(OTHER_NODE).handsOver(CUT);

        assertThat(chat.codeOf(new ChatCommand.HandOver(1, null))).isEqualTo(ErrorCode.FENCED);
    }

    @Test
    void takesAMessageThatNobodyCanRunAndLeavesItToTheSweep() {
        TestChat chat = TestChat.idle().on(null).sends(Busy.QUEUE, "more");
        assertThat(chat.at()).isEqualTo(State.R0);
        assertThat(chat.state().hold().node()).isNull();
        assertThat(chat.getsRunner().last()).isEmpty();

        chat.on(OTHER_NODE).getsRunner();
        assertThat(chat.last()).contains(new RunnerAssigned(2, OTHER_NODE, null, chat.now()));
    }
}
