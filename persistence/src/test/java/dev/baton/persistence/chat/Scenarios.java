package dev.baton.persistence.chat;

import static dev.baton.persistence.chat.Samples.DEADLINE;
import static dev.baton.persistence.chat.Samples.FAILURE;
import static dev.baton.persistence.chat.Samples.answer;
import static dev.baton.persistence.chat.Samples.calls;
import static dev.baton.persistence.chat.Samples.message;
import static dev.baton.persistence.chat.Samples.newChat;
import static dev.baton.persistence.chat.Samples.send;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Chats in every state, each led there by commands, and for each transition the commands that ask for it. */
final class Scenarios {

    private Scenarios() {}

    /** One way into a state. */
    record Scenario(State state, String way, Supplier<TestChat> chat) {
        @Override
        public String toString() {
            return state + " (" + way + ")";
        }
    }

    static List<Scenario> all() {
        var all = new ArrayList<Scenario>();
        all.add(new Scenario(State.N, "never made", TestChat::new));
        all.add(new Scenario(State.W, "turn over", TestChat::idle));
        all.add(new Scenario(
                State.W, "turn left a call open", () -> TestChat.running().finishesTurn(calls("c1"))));
        all.add(new Scenario(State.XW, "archived", () -> TestChat.idle().does(new ChatCommand.Archive())));
        all.addAll(withQueue("nothing queued", State.R0, State.I0, State.A0, State.E0, State.XE0, TestChat::running));
        all.addAll(withFullDigit("one queued", () -> TestChat.running().sends(Busy.QUEUE, "one")));
        all.addAll(withFullDigit(
                "two queued", () -> TestChat.running().sends(Busy.QUEUE, "one").sends(Busy.QUEUE, "two")));
        all.addAll(withFullDigit("one steering", () -> TestChat.running().sends(Busy.STEER, "one")));
        all.addAll(withFullDigit(
                "one steering, one queued",
                () -> TestChat.running().sends(Busy.STEER, "one").sends(Busy.QUEUE, "two")));
        all.add(new Scenario(
                State.R0, "waits to try again", () -> TestChat.running().schedulesRetry()));
        all.add(new Scenario(
                State.R0, "without a runner", () -> TestChat.running().releasesRunner()));
        all.add(new Scenario(State.R0, "compacting", () -> TestChat.idle().does(new ChatCommand.Compact())));
        return all;
    }

    private static List<Scenario> withFullDigit(String way, Supplier<TestChat> running) {
        return withQueue(way, State.R1, State.I1, State.A1, State.E1, State.XE1, running);
    }

    private static List<Scenario> withQueue(
            String way,
            State running,
            State interrupting,
            State action,
            State failed,
            State archived,
            Supplier<TestChat> chat) {
        return List.of(
                new Scenario(running, way, chat),
                new Scenario(interrupting, way, () -> chat.get().interrupted()),
                new Scenario(action, way, () -> chat.get().requiresAction(calls("c1", "c2"))),
                new Scenario(failed, way, () -> chat.get().failsTurn()),
                new Scenario(archived, way, () -> chat.get().failsTurn().does(new ChatCommand.Archive())));
    }

    /** Commands whose input is right for this chat, so that only the state can be a reason to refuse them. */
    static List<ChatCommand> commands(Transition transition, TestChat chat) {
        Fence fence = chat.fence();
        long epoch = chat.state().hold().epoch();
        return switch (transition) {
            case CREATE -> List.of(newChat(), newChat("hello"));
            case SEND_QUEUE -> List.of(send(Busy.QUEUE, "more"));
            case SEND_INTERRUPT -> List.of(send(Busy.INTERRUPT, "more"));
            case SEND_REJECT -> List.of(send(Busy.REJECT, "more"));
            case SEND_ROLLBACK -> List.of(send(Busy.ROLLBACK, "more"));
            case SEND_STEER -> List.of(send(Busy.STEER, "more"));
            case EDIT_MESSAGE -> List.of(new ChatCommand.EditMessage(new MessageId(1), message("other")));
            case DELETE_QUEUED -> List.of(new ChatCommand.DeleteQueued(anyQueued(chat)));
            case PROMOTE_QUEUED -> List.of(new ChatCommand.PromoteQueued(anyQueued(chat)));
            case INTERRUPT -> List.of(new ChatCommand.Interrupt());
            case COMPLETE_ACTION ->
                List.of(new ChatCommand.CompleteAction(
                        Samples.resultsOf(chat.state().history().unanswered())));
            case COMPACT -> List.of(new ChatCommand.Compact());
            case CLEAR -> List.of(new ChatCommand.Clear());
            case ARCHIVE -> List.of(new ChatCommand.Archive());
            case UNARCHIVE -> List.of(new ChatCommand.Unarchive());
            case UPDATE_DETAILS -> List.of(new ChatCommand.UpdateDetails("title", Map.of("a", "b"), true));
            case RECONCILE -> List.of(new ChatCommand.Reconcile());
            case ASSIGN_RUNNER -> List.of(new ChatCommand.AssignRunner(epoch));
            case RELEASE_RUNNER -> List.of(new ChatCommand.ReleaseRunner(epoch));
            case HAND_OVER -> List.of(new ChatCommand.HandOver(epoch, chat.now()));
            case START_ATTEMPT ->
                List.of(new ChatCommand.StartAttempt(fence, chat.state().turn().attempt()));
            case SCHEDULE_RETRY -> List.of(new ChatCommand.ScheduleRetry(fence, FAILURE, Duration.ofSeconds(1)));
            case COMMIT_STEP ->
                List.of(
                        new ChatCommand.CommitStep(fence, answer("so")),
                        new ChatCommand.CommitStep(fence, calls("c9")));
            case REQUIRE_ACTION -> List.of(new ChatCommand.RequireAction(fence, calls("c9"), DEADLINE));
            case FINISH_INTERRUPTION ->
                List.of(
                        new ChatCommand.FinishInterruption(fence, answer("so f")),
                        new ChatCommand.FinishInterruption(fence, Samples.nothing()));
            case FINISH_TURN ->
                List.of(new ChatCommand.FinishTurn(fence, answer("so")), new ChatCommand.FinishTurn(fence, null));
            case FAIL_TURN -> List.of(new ChatCommand.FailTurn(fence, FAILURE));
            case CANCEL_ACTION -> List.of(new ChatCommand.CancelAction(fence));
        };
    }

    /** The last in the queue, so that promoting it means something. */
    private static QueueId anyQueued(TestChat chat) {
        List<QueuedMessage> queue = chat.state().queue().messages();
        return queue.isEmpty() ? new QueueId(99) : queue.get(queue.size() - 1).id();
    }
}
