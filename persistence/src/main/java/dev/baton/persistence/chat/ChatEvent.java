package dev.baton.persistence.chat;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a chat, as the journal keeps it for ever. Each event moves the version by one; the events of one
 * transition are written together or not at all. Fields may be added, never renamed or given another meaning.
 */
public sealed interface ChatEvent {

    /** When it was decided, by the clock of the deciding node. */
    Instant at();

    /** Calls the handler for this event in {@code visitor}; a new event without one does not compile. */
    void accept(Visitor visitor);

    /** Has a handler for every event. */
    interface Visitor {
        void on(ChatCreated event);

        void on(UserMessageAdded event);

        void on(QueueChanged event);

        void on(HistoryTruncated event);

        void on(ModelChosen event);

        void on(DetailsChanged event);

        void on(ChatArchived event);

        void on(ChatUnarchived event);

        void on(ContextCleared event);

        void on(CompactionRequested event);

        void on(ContextCompacted event);

        void on(InterruptRequested event);

        void on(RunnerAssigned event);

        void on(RunnerReleased event);

        void on(AttemptStarted event);

        void on(RetryScheduled event);

        void on(StepCommitted event);

        void on(ActionRequired event);

        void on(ActionEnded event);

        void on(TurnEnded event);

        void on(TurnFailed event);

        void on(Reconciled event);
    }

    record ChatCreated(
            String owner,
            Details details,
            String model,
            @Nullable String systemPrompt,
            List<ClientTool> tools,
            @Nullable String requestKey,
            Instant at)
            implements ChatEvent {
        public ChatCreated {
            tools = List.copyOf(tools);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    /** A user message entered the history; unless it steers, a turn begins with it. */
    record UserMessageAdded(Message message, boolean steers, Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    /** The queue is now {@code queue}; it is carried whole, so that a replay needs nothing before it. */
    record QueueChanged(List<QueuedMessage> queue, Instant at) implements ChatEvent {
        public QueueChanged {
            queue = List.copyOf(queue);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    /** The message {@code first} and all after it are gone. */
    record HistoryTruncated(MessageId first, Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    record ModelChosen(String model, Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    record DetailsChanged(Details details, Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    record ChatArchived(Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    record ChatUnarchived(Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    /** Models no longer see what is in the history up to now. */
    record ContextCleared(Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    record CompactionRequested(Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    /** Models see {@code summary} in place of what was before it. */
    record ContextCompacted(MessageId summary, Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    record InterruptRequested(Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    /** {@code move}: where the work was before, if it was somewhere else. */
    record RunnerAssigned(long epoch, NodeId node, @Nullable Move move, Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    record RunnerReleased(Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    record AttemptStarted(int attempt, Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    record RetryScheduled(Retry retry, Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    /** A suffix of history. {@code lastSeq}: how many parts its episode had; 0 when nothing was streamed for it. */
    record StepCommitted(List<Message> messages, long lastSeq, Instant at) implements ChatEvent {
        public StepCommitted {
            messages = List.copyOf(messages);
        }

        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    record ActionRequired(PendingAction action, Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    /** The wait for client-side tools is over and the turn goes on. */
    record ActionEnded(Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    /** The chat is idle again. */
    record TurnEnded(Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    record TurnFailed(Failure failure, Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }

    /** An impossible state was led back to an error that the next message clears. */
    record Reconciled(Failure failure, Instant at) implements ChatEvent {
        @Override
        public void accept(Visitor visitor) {
            visitor.on(this);
        }
    }
}
