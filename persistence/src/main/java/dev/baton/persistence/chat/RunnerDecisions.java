package dev.baton.persistence.chat;

import dev.baton.persistence.chat.ChatCommand.CommitStep;
import dev.baton.persistence.chat.ChatCommand.FailTurn;
import dev.baton.persistence.chat.ChatCommand.FinishInterruption;
import dev.baton.persistence.chat.ChatCommand.FinishTurn;
import dev.baton.persistence.chat.ChatCommand.HandOver;
import dev.baton.persistence.chat.ChatCommand.RequireAction;
import dev.baton.persistence.chat.ChatCommand.ScheduleRetry;
import dev.baton.persistence.chat.ChatCommand.StartAttempt;
import dev.baton.persistence.chat.ChatEvent.ActionEnded;
import dev.baton.persistence.chat.ChatEvent.ActionRequired;
import dev.baton.persistence.chat.ChatEvent.AttemptStarted;
import dev.baton.persistence.chat.ChatEvent.ContextCompacted;
import dev.baton.persistence.chat.ChatEvent.RetryScheduled;
import dev.baton.persistence.chat.ChatEvent.RunnerReleased;
import dev.baton.persistence.chat.ChatEvent.TurnFailed;
import java.util.List;
import java.util.Optional;

/** What supervisors and runners may do, once fence and table have allowed it. */
final class RunnerDecisions {
    private final Draft draft;

    RunnerDecisions(Draft draft) {
        this.draft = draft;
    }

    /** A chat without work needs no runner, and gets none; nor does one that nobody can run. */
    void assign() {
        if (draft.state().status().hasWork() && draft.assignRunner()) {
            begin();
        }
    }

    /** What was begun the new runner goes on with, if it can; that is for it to say. */
    private void begin() {
        Turn turn = draft.state().turn();
        if (draft.state().status() == Status.RUNNING && turn.retry() == null && turn.attempt() == 0) {
            draft.add(new AttemptStarted(1, draft.now()));
        }
    }

    void release() {
        if (draft.state().hold().node() != null) {
            draft.add(new RunnerReleased(draft.now()));
        }
    }

    void handOver(HandOver command) {
        if (draft.state().status().hasWork() && draft.handOver(command.cutAt())) {
            begin();
        } else {
            release();
        }
    }

    /** Told twice, since its answer was slow or lost, it is one attempt. */
    void startAttempt(StartAttempt command) {
        if (draft.state().turn().attempt() == command.after()) {
            draft.add(new AttemptStarted(command.after() + 1, draft.now()));
        }
    }

    /** Told twice, the first appointment holds. */
    void scheduleRetry(ScheduleRetry command) {
        if (draft.state().turn().retry() != null) {
            return;
        }
        var retry = new Retry(
                draft.state().turn().attempt(), command.delay(), draft.now().plus(command.delay()), command.failure());
        draft.add(new RetryScheduled(retry, draft.now()));
    }

    void commitStep(CommitStep command) {
        if (draft.commit(command.step()).isEmpty()) {
            throw new ChatException(ErrorCode.CONTENT_EMPTY, "the step is empty; a turn cannot go on from nothing");
        }
        draft.goOn();
    }

    void requireAction(RequireAction command) {
        if (command.step() != null) {
            draft.commit(command.step());
        }
        List<Part.ToolCall> calls = draft.state().history().unanswered();
        if (calls.isEmpty()) {
            throw new ChatException(ErrorCode.REQUEST_INVALID, "REQUIRE_ACTION needs a tool call that has no result");
        }
        draft.add(new ActionRequired(new PendingAction(calls, command.deadline()), draft.now()));
    }

    /**
     * Half a summary is worth nothing, so an interrupted compaction leaves no message; nor does an attempt that had
     * already failed, since what it said was taken back.
     */
    void finishInterruption(FinishInterruption command) {
        Turn turn = draft.state().turn();
        if (!turn.compaction() && turn.retry() == null) {
            draft.commitInterrupted(command.partial());
        }
        draft.answerOpenCalls(Draft.CANCELLED);
        draft.endTurn();
    }

    void finishTurn(FinishTurn command) {
        boolean compaction = draft.state().turn().compaction();
        if (command.step() != null) {
            Optional<MessageId> committed = draft.commit(command.step());
            if (compaction && committed.isPresent()) {
                draft.add(new ContextCompacted(committed.get(), draft.now()));
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
