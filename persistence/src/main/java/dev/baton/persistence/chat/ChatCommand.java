package dev.baton.persistence.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be asked of a chat. Clients send those of {@link ByClient}, runners and supervisors those of {@link ByRunner}. */
public sealed interface ChatCommand {

    Transition transition();

    /** Calls the handler for this command in {@code handlers}; a new command without one does not compile. */
    void accept(Handlers handlers);

    /** Has a handler for every command. */
    interface Handlers {
        void on(Create command);

        void on(SendMessage command);

        void on(EditMessage command);

        void on(DeleteQueued command);

        void on(PromoteQueued command);

        void on(Interrupt command);

        void on(CompleteAction command);

        void on(Compact command);

        void on(Clear command);

        void on(Archive command);

        void on(Unarchive command);

        void on(UpdateDetails command);

        void on(Reconcile command);

        void on(AssignRunner command);

        void on(ReleaseRunner command);

        void on(HandOver command);

        void on(StartAttempt command);

        void on(ScheduleRetry command);

        void on(CommitStep command);

        void on(RequireAction command);

        void on(FinishInterruption command);

        void on(FinishTurn command);

        void on(FailTurn command);

        void on(CancelAction command);
    }

    /** Asked by a client. */
    sealed interface ByClient extends ChatCommand {}

    /** Asked by a supervisor or a runner. */
    sealed interface ByRunner extends ChatCommand {}

    /** Asked by a runner's task for the work it was started for. */
    sealed interface Fenced extends ByRunner {
        Fence fence();
    }

    /**
     * {@code requestKey}: the same key again answers as the first time did; {@code earlier}: what comes before {@code
     * first}. When the last of it is what tools gave and there is no first message, the turn goes on from there.
     */
    record Create(
            String owner,
            Details details,
            String model,
            @Nullable String systemPrompt,
            List<ClientTool> tools,
            @Nullable String requestKey,
            List<Earlier> earlier,
            @Nullable NewMessage first)
            implements ByClient {
        public Create {
            tools = List.copyOf(tools);
            earlier = List.copyOf(earlier);
        }

        /** A chat that begins with its first message. */
        public Create(
                String owner,
                Details details,
                String model,
                @Nullable String systemPrompt,
                List<ClientTool> tools,
                @Nullable String requestKey,
                @Nullable NewMessage first) {
            this(owner, details, model, systemPrompt, tools, requestKey, List.of(), first);
        }

        @Override
        public Transition transition() {
            return Transition.CREATE;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record SendMessage(NewMessage message, Busy busy) implements ByClient {
        @Override
        public Transition transition() {
            return busy.transition();
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    /** Replaces a user message and drops all that came after it. */
    record EditMessage(MessageId id, NewMessage message) implements ByClient {
        @Override
        public Transition transition() {
            return Transition.EDIT_MESSAGE;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record DeleteQueued(QueueId id) implements ByClient {
        @Override
        public Transition transition() {
            return Transition.DELETE_QUEUED;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record PromoteQueued(QueueId id) implements ByClient {
        @Override
        public Transition transition() {
            return Transition.PROMOTE_QUEUED;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record Interrupt() implements ByClient {
        @Override
        public Transition transition() {
            return Transition.INTERRUPT;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record CompleteAction(List<Part.ToolResult> results) implements ByClient {
        public CompleteAction {
            results = List.copyOf(results);
        }

        @Override
        public Transition transition() {
            return Transition.COMPLETE_ACTION;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record Compact() implements ByClient {
        @Override
        public Transition transition() {
            return Transition.COMPACT;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record Clear() implements ByClient {
        @Override
        public Transition transition() {
            return Transition.CLEAR;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record Archive() implements ByClient {
        @Override
        public Transition transition() {
            return Transition.ARCHIVE;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record Unarchive() implements ByClient {
        @Override
        public Transition transition() {
            return Transition.UNARCHIVE;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    /** Absent values stay as they are. */
    record UpdateDetails(
            @Nullable String title,
            @Nullable Map<String, String> labels,
            @Nullable Boolean pinned) implements ByClient {
        @Override
        public Transition transition() {
            return Transition.UPDATE_DETAILS;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record Reconcile() implements ByClient {
        @Override
        public Transition transition() {
            return Transition.RECONCILE;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    /** Gives the chat a runner where the deciding node has them run, if its epoch is still {@code epochSeen}. */
    record AssignRunner(long epochSeen) implements ByRunner {
        @Override
        public Transition transition() {
            return Transition.ASSIGN_RUNNER;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record ReleaseRunner(long epoch) implements ByRunner {
        @Override
        public Transition transition() {
            return Transition.RELEASE_RUNNER;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    /**
     * Gives the chat to a node that stays, or back when there is none. {@code cutAt}: since when nobody works on it; null
     * when the runner of this epoch had not begun.
     */
    record HandOver(long epoch, @Nullable Instant cutAt) implements ByRunner {
        @Override
        public Transition transition() {
            return Transition.HAND_OVER;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    /** Tries the step again after attempt {@code after}, once, however often it is told. */
    record StartAttempt(Fence fence, int after) implements Fenced {
        @Override
        public Transition transition() {
            return Transition.START_ATTEMPT;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record ScheduleRetry(Fence fence, Failure failure, Duration delay) implements Fenced {
        @Override
        public Transition transition() {
            return Transition.SCHEDULE_RETRY;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record CommitStep(Fence fence, Step step) implements Fenced {
        @Override
        public Transition transition() {
            return Transition.COMMIT_STEP;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record RequireAction(Fence fence, @Nullable Step step, Instant deadline) implements Fenced {
        @Override
        public Transition transition() {
            return Transition.REQUIRE_ACTION;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    /** {@code partial}: what was streamed before the cut; an empty one leaves no message. */
    record FinishInterruption(Fence fence, Step partial) implements Fenced {
        @Override
        public Transition transition() {
            return Transition.FINISH_INTERRUPTION;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record FinishTurn(Fence fence, @Nullable Step step) implements Fenced {
        @Override
        public Transition transition() {
            return Transition.FINISH_TURN;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record FailTurn(Fence fence, Failure failure) implements Fenced {
        @Override
        public Transition transition() {
            return Transition.FAIL_TURN;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }

    record CancelAction(Fence fence) implements Fenced {
        @Override
        public Transition transition() {
            return Transition.CANCEL_ACTION;
        }

        @Override
        public void accept(Handlers handlers) {
            handlers.on(this);
        }
    }
}
