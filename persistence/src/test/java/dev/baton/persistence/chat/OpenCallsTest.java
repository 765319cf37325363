package dev.baton.persistence.chat;

import static dev.baton.persistence.chat.Samples.DEADLINE;
import static dev.baton.persistence.chat.Samples.answer;
import static dev.baton.persistence.chat.Samples.calls;
import static dev.baton.persistence.chat.Samples.cancelled;
import static dev.baton.persistence.chat.Samples.message;
import static dev.baton.persistence.chat.Samples.result;
import static dev.baton.persistence.chat.Samples.results;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every tool call is answered, by its tool or as cancelled, before anything else enters the history. */
class OpenCallsTest {

    @TestFactory
    Stream<DynamicTest> cancelsCallsFor() {
        TestChat open = TestChat.waitingFor("c1", "c2").sends(Busy.QUEUE, "one");
        return Stream.of(
                        new ChatCommand.Interrupt(),
                        Samples.send(Busy.INTERRUPT, "stop"),
                        new ChatCommand.PromoteQueued(open.queued(0)))
                .map(command -> DynamicTest.dynamicTest(command.transition().name(), () -> {
                    TestChat chat = TestChat.waitingFor("c1", "c2").sends(Busy.QUEUE, "one");
                    chat.does(command);
                    assertThat(chat.state().history().messages().get(2).content())
                            .containsExactly(cancelled("c1"), cancelled("c2"));
                    assertThat(chat.last()).contains(new ChatEvent.ActionEnded(chat.now()));
                }));
    }

    @Test
    void cancelsOnlyWhatHasNoResult() {
        TestChat chat = TestChat.running()
                .commits(calls("c1", "c2"))
                .commits(results("c1"))
                .interrupted();

        chat.finishesInterruption(Samples.nothing());

        assertThat(chat.lastMessage().content()).containsExactly(cancelled("c2"));
    }

    @Test
    void cancelsWhatATurnLeftOpenWhenTheNextMessageComes() {
        TestChat chat = TestChat.running().finishesTurn(calls("c1")).sends(Busy.QUEUE, "more");

        assertThat(chat.state().history().messages())
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL, Role.USER);
        assertThat(chat.state().turn().steps()).isZero();
    }

    @Test
    void cancelsWhatATurnLeftOpenWhenTheContextIsCleared() {
        TestChat chat = TestChat.running().finishesTurn(calls("c1")).does(new ChatCommand.Clear());

        assertThat(chat.lastMessage().content()).containsExactly(cancelled("c1"));
        assertThat(chat.state().turn()).isEqualTo(Turn.NONE);
    }

    @Test
    void cancelsWhatTheNextAnswerLeavesOpen() {
        TestChat chat = TestChat.running().commits(calls("c1")).commits(answer("never mind"));

        assertThat(chat.state().history().messages().get(2).content()).containsExactly(cancelled("c1"));
    }

    @Test
    void tellsTheModelWhenTheDeadlinePassed() {
        TestChat chat = TestChat.waitingFor("c1");

        chat.does(new ChatCommand.CancelAction(chat.fence()));

        assertThat(chat.lastMessage().content()).containsExactly(new Part.ToolResult("c1", Draft.TIMED_OUT, true));
        assertThat(chat.at()).isEqualTo(State.R0);
    }

    @Test
    void waitsForTheCallsThatTheStepMakes() {
        TestChat chat = TestChat.waitingFor("c1", "c2");

        assertThat(chat.state().turn().action())
                .isEqualTo(new PendingAction(
                        List.of(new Part.ToolCall("c1", "look", "{}"), new Part.ToolCall("c2", "look", "{}")),
                        DEADLINE));
        assertThat(chat.state().turn().attempt()).isZero();
        assertThat(chat.state().turn().steps()).isEqualTo(1);
    }

    @Test
    void hasNothingToWaitForWithoutACall() {
        TestChat chat = TestChat.running();

        assertThat(chat.codeOf(new ChatCommand.RequireAction(chat.fence(), answer("so"), DEADLINE)))
                .isEqualTo(ErrorCode.REQUEST_INVALID);
    }

    @Test
    void goesOnWithTheResultsOfTheClient() {
        TestChat chat = TestChat.waitingFor("c1", "c2")
                .does(new ChatCommand.CompleteAction(List.of(result("c2"), result("c1"))));

        assertThat(chat.lastMessage().content()).containsExactly(result("c2"), result("c1"));
        assertThat(chat.state().turn().attempt()).isEqualTo(1);
    }

    @Test
    void takesResultsOnlyForAllCallsAtOnceAndEachOnce() {
        TestChat chat = TestChat.waitingFor("c1", "c2");

        assertThat(mismatch(chat, "c1"))
                .isEqualTo("calls [c2] have no result; all pending calls must be answered at once");
        assertThat(mismatch(chat, "c1", "c2", "c3")).isEqualTo("no call \"c3\" is pending");
        assertThat(mismatch(chat, "c1", "c1", "c2")).isEqualTo("call \"c1\" is answered twice");
        assertThat(mismatch(chat)).contains("[c1, c2]");
        assertThat(chat.at()).isEqualTo(State.A0);
    }

    @Test
    void dropsTheCallWithTheEditedMessage() {
        TestChat chat = TestChat.waitingFor("c1").does(new ChatCommand.EditMessage(MessageId.FIRST, message("other")));

        assertThat(chat.state().history().messages()).extracting(Message::role).containsExactly(Role.USER);
    }

    private static String mismatch(TestChat chat, String... ids) {
        Decision.Refused refused = chat.refuses(new ChatCommand.CompleteAction(
                Stream.of(ids).map(Samples::result).toList()));
        assertThat(refused.code()).isEqualTo(ErrorCode.TOOL_RESULTS_MISMATCH);
        return refused.detail();
    }
}
