package dev.baton.persistence.chat;

import static dev.baton.persistence.chat.Samples.FAILURE;
import static dev.baton.persistence.chat.Samples.NODE;
import static dev.baton.persistence.chat.Samples.OTHER_NODE;
import static dev.baton.persistence.chat.Samples.answer;
import static dev.baton.persistence.chat.Samples.calls;
import static dev.baton.persistence.chat.Samples.results;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Attempts, steps, retries, runners: how a turn goes on and ends. */
class TurnTest {

    @Test
    void endsInTheSameWriteAsItsLastStep() {
        TestChat chat = TestChat.running().finishesTurn(answer("hi"));

        assertThat(chat.last())
                .containsExactly(
                        new ChatEvent.StepCommitted(List.of(chat.lastMessage()), 1, chat.now()),
                        new ChatEvent.TurnEnded(chat.now()));
        assertThat(chat.state().hold()).isEqualTo(new Hold(1, null, null));
    }

    @Test
    void handsItsRunnerToTheNextInTheQueue() {
        TestChat chat = TestChat.running().sends(Busy.QUEUE, "more").finishesTurn(answer("hi"));

        assertThat(chat.at()).isEqualTo(State.R0);
        assertThat(chat.state().hold()).isEqualTo(new Hold(1, NODE, null));
        assertThat(chat.state().turn())
                .isEqualTo(Turn.startedBy(chat.lastMessage().id()).withAttempt(1));
    }

    @Test
    void countsStepsAndBeginsEachWithItsFirstAttempt() {
        TestChat chat = TestChat.running()
                .startsAttempt()
                .startsAttempt()
                .commits(calls("c1"))
                .commits(results("c1"));

        assertThat(chat.state().turn().steps()).isEqualTo(2);
        assertThat(chat.state().turn().attempt()).isEqualTo(1);
    }

    @Test
    void doesNotGoOnFromAnEmptyStep() {
        TestChat chat = TestChat.running();

        assertThat(chat.codeOf(new ChatCommand.CommitStep(chat.fence(), Samples.nothing())))
                .isEqualTo(ErrorCode.CONTENT_EMPTY);
    }

    @Test
    void endsWithoutAMessageWhenNothingWasSaid() {
        TestChat chat = TestChat.running().finishesTurn(Samples.nothing());

        assertThat(chat.at()).isEqualTo(State.W);
        assertThat(chat.state().history().messages()).hasSize(1);
    }

    @Test
    void waitsForItsRetryUntilTheNextAttempt() {
        TestChat chat = TestChat.running().schedulesRetry();

        assertThat(chat.state().turn().retries()).isEqualTo(1);
        assertThat(chat.state().turn().retry())
                .isEqualTo(new Retry(1, Duration.ofSeconds(2), chat.now().plusSeconds(2), FAILURE));

        chat.startsAttempt();

        assertThat(chat.state().turn().retry()).isNull();
        assertThat(chat.state().turn().attempt()).isEqualTo(2);
        assertThat(chat.state().turn().retries()).isEqualTo(1);
    }

    @Test
    void keepsTheFirstAppointmentWhenARetryIsScheduledTwice() {
        TestChat chat = TestChat.running().schedulesRetry();
        ChatState once = chat.state();

        assertThat(chat.schedulesRetry().state()).isEqualTo(once);
    }

    @Test
    void startsAnAttemptOnceWhenItIsToldTwice() {
        TestChat chat = TestChat.running();
        var again = new ChatCommand.StartAttempt(chat.fence(), 1);
        ChatState once = chat.does(again).state();

        assertThat(once.turn().attempt()).isEqualTo(2);
        assertThat(chat.does(again).state()).isEqualTo(once);
    }

    @Test
    void forgetsItsRetriesWhenTheHistoryChanges() {
        TestChat chat = TestChat.running().schedulesRetry().startsAttempt().commits(calls("c1"));

        assertThat(chat.state().turn().retries()).isZero();
    }

    @Test
    void forgetsItsRetryWhenItWaitsForAnAction() {
        TestChat chat = TestChat.running().commits(calls("c1")).schedulesRetry().requiresAction(null);

        assertThat(chat.state().turn().retry()).isNull();
    }

    @Test
    void keepsNothingOfAFailedAttemptWhenInterrupted() {
        TestChat chat = TestChat.running().schedulesRetry().interrupted().finishesInterruption(answer("so f"));

        assertThat(chat.at()).isEqualTo(State.W);
        assertThat(chat.state().history().messages()).hasSize(1);
    }

    @Test
    void leavesItToANewRunnerWhetherTheAttemptGoesOn() {
        TestChat chat = TestChat.running().on(OTHER_NODE).getsRunner();

        assertThat(chat.last())
                .containsExactly(new ChatEvent.RunnerAssigned(
                        2, OTHER_NODE, new Move(NODE, Move.Cause.TAKEOVER, null), chat.now()));
        assertThat(chat.state().turn().attempt()).isEqualTo(1);
    }

    @Test
    void keepsRetriesAndTheirAppointmentAcrossATakeover() {
        TestChat chat = TestChat.running().schedulesRetry();
        Turn waiting = chat.state().turn();

        chat.on(OTHER_NODE).getsRunner();

        assertThat(chat.state().hold()).isEqualTo(new Hold(2, OTHER_NODE, null));
        assertThat(chat.state().turn()).isEqualTo(waiting);
    }

    @Test
    void nothingMovesWhenTheWorkGoesOnWhereItWas() {
        TestChat chat = TestChat.running().releasesRunner().getsRunner();

        assertThat(chat.last()).contains(new ChatEvent.RunnerAssigned(2, NODE, null, chat.now()));
    }

    @Test
    void goesOnWithAnotherRunnerAfterARelease() {
        TestChat chat = TestChat.running().releasesRunner();
        assertThat(chat.state().hold()).isEqualTo(new Hold(1, null, NODE));
        assertThat(chat.releasesRunner().last()).isEmpty();

        chat.on(OTHER_NODE).getsRunner();

        assertThat(chat.state().hold()).isEqualTo(new Hold(2, OTHER_NODE, null));
        assertThat(chat.state().turn().attempt()).isEqualTo(1);
        assertThat(chat.last().get(0))
                .isInstanceOfSatisfying(
                        ChatEvent.RunnerAssigned.class,
                        assigned -> assertThat(assigned.move()).satisfies(move -> {
                            assertThat(move.from()).isEqualTo(NODE);
                            assertThat(move.cause()).isEqualTo(Move.Cause.HANDOVER);
                            assertThat(move.pause()).isNotNull();
                        }));
    }

    @Test
    void leavesAChatWithoutWorkWithoutARunner() {
        for (TestChat chat : List.of(TestChat.idle(), TestChat.running().failsTurn())) {
            assertThat(chat.getsRunner().last()).isEmpty();
        }
    }

    @Test
    void getsARunnerForItsInterruptionWhenItHasNone() {
        TestChat chat = TestChat.running().releasesRunner().interrupted();

        assertThat(chat.state().hold()).isEqualTo(new Hold(2, NODE, null));
    }

    @Test
    void keepsTheFailureUntilSomethingLeadsOutOfIt() {
        TestChat failed = TestChat.running().failsTurn();
        assertThat(failed.state().failure()).isEqualTo(FAILURE);
        assertThat(failed.does(new ChatCommand.Archive()).state().failure()).isEqualTo(FAILURE);
        failed.does(new ChatCommand.Unarchive());

        assertThat(failed.does(new ChatCommand.Clear()).state().failure()).isNull();
        assertThat(TestChat.running()
                        .failsTurn()
                        .does(new ChatCommand.Compact())
                        .state()
                        .failure())
                .isNull();
    }

    @Test
    void marksWhatWasCutOff() {
        TestChat chat = TestChat.running().interrupted().finishesInterruption(answer("so f"));

        assertThat(chat.at()).isEqualTo(State.W);
        assertThat(chat.lastMessage().interrupted()).isTrue();
    }

    @Test
    void leavesNoMessageWhenNothingWasSaidBeforeTheCut() {
        TestChat chat = TestChat.running().interrupted().finishesInterruption(answer(""));

        assertThat(chat.state().history().messages()).hasSize(1);
    }
}
