package dev.baton.persistence.chat;

import dev.baton.persistence.chat.ChatCommand.AssignRunner;
import dev.baton.persistence.chat.ChatCommand.CommitStep;
import dev.baton.persistence.chat.ChatCommand.FailTurn;
import dev.baton.persistence.chat.ChatCommand.FinishInterruption;
import dev.baton.persistence.chat.ChatCommand.FinishTurn;
import dev.baton.persistence.chat.ChatCommand.ReleaseRunner;
import dev.baton.persistence.chat.ChatCommand.RequireAction;
import dev.baton.persistence.chat.ChatCommand.ScheduleRetry;
import dev.baton.persistence.chat.ChatEvent.ActionEnded;
import dev.baton.persistence.chat.ChatEvent.ActionRequired;
import dev.baton.persistence.chat.ChatEvent.AttemptStarted;
import dev.baton.persistence.chat.ChatEvent.ContextCompacted;
import dev.baton.persistence.chat.ChatEvent.RetryScheduled;
import dev.baton.persistence.chat.ChatEvent.RunnerAssigned;
import dev.baton.persistence.chat.ChatEvent.RunnerReleased;
import dev.baton.persistence.chat.ChatEvent.StepCommitted;
import dev.baton.persistence.chat.ChatEvent.TurnFailed;
import java.util.List;

/** What supervisors and runners may do, once fence and table have allowed it. */
final class RunnerDecisions {
    private final Draft draft;

    RunnerDecisions(Draft draft) {
        this.draft = draft;
    }

    /**
     * A new runner begins a new attempt, since the parts of the old one went with its node; a retry that has its time
     * set keeps it.
     */
    void assign(AssignRunner command) {
        Hold hold = draft.state().hold();
        if (hold.epoch() != command.epochSeen()) {
            throw new ChatException(
                    ErrorCode.FENCED,
                    "ASSIGN_RUNNER saw epoch %d; the chat is at epoch %d".formatted(command.epochSeen(), hold.epoch()));
        }
        draft.add(new RunnerAssigned(hold.epoch() + 1, draft.here().node(), draft.now()));
        Turn turn = draft.state().turn();
        if (draft.state().status() == Status.RUNNING && turn.retry() == null) {
            draft.add(new AttemptStarted(turn.attempt() + 1, draft.now()));
        }
    }

    void release(ReleaseRunner command) {
        Hold hold = draft.state().hold();
        if (hold.epoch() != command.epoch()) {
            throw new ChatException(
                    ErrorCode.FENCED,
                    "RELEASE_RUNNER is for epoch %d; the chat is at epoch %d".formatted(command.epoch(), hold.epoch()));
        }
        if (hold.node() != null) {
            draft.add(new RunnerReleased(draft.now()));
        }
    }

    void startAttempt() {
        draft.add(new AttemptStarted(draft.state().turn().attempt() + 1, draft.now()));
    }

    void scheduleRetry(ScheduleRetry command) {
        var retry = new Retry(
                draft.state().turn().attempt(), command.delay(), draft.now().plus(command.delay()), command.failure());
        draft.add(new RetryScheduled(retry, draft.now()));
    }

    void commitStep(CommitStep command) {
        draft.commit(command.step());
        draft.goOn();
    }

    void requireAction(RequireAction command) {
        if (command.step() != null) {
            draft.commit(command.step());
        }
        List<Part.ToolCall> calls = draft.state().history().unanswered();
        if (calls.isEmpty()) {
            throw new ChatException(
                    ErrorCode.TRANSITION_NOT_ALLOWED, "REQUIRE_ACTION needs a tool call that has no result");
        }
        draft.add(new ActionRequired(new PendingAction(calls, command.deadline()), draft.now()));
    }

    void finishInterruption(FinishInterruption command) {
        Step partial = command.partial();
        if (!partial.content().isEmpty()) {
            Message whole = draft.message(partial.role(), partial.content(), partial.usage(), null);
            var cut = new Message(
                    whole.id(),
                    whole.role(),
                    whole.content(),
                    whole.version(),
                    whole.createdAt(),
                    /* interrupted= */ true,
                    whole.usage(),
                    null);
            draft.add(new StepCommitted(List.of(cut), partial.lastSeq(), draft.now()));
        }
        draft.answerOpenCalls(Draft.CANCELLED);
        draft.endTurn();
    }

    void finishTurn(FinishTurn command) {
        boolean compaction = draft.state().turn().compaction();
        if (command.step() != null) {
            MessageId id = draft.nextMessageId();
            draft.commit(command.step());
            if (compaction) {
                draft.add(new ContextCompacted(id, draft.now()));
            }
        }
        draft.endTurn();
    }

    void failTurn(FailTurn command) {
        draft.add(new TurnFailed(command.failure(), draft.now()));
    }

    void cancelAction() {
        draft.answerOpenCalls(Draft.TIMED_OUT);
        draft.add(new ActionEnded(draft.now()));
        draft.goOn();
    }
}
