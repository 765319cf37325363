package dev.baton.persistence.chat;

import dev.baton.persistence.chat.ChatEvent.ActionEnded;
import dev.baton.persistence.chat.ChatEvent.ActionRequired;
import dev.baton.persistence.chat.ChatEvent.AttemptStarted;
import dev.baton.persistence.chat.ChatEvent.ChatArchived;
import dev.baton.persistence.chat.ChatEvent.ChatCreated;
import dev.baton.persistence.chat.ChatEvent.ChatUnarchived;
import dev.baton.persistence.chat.ChatEvent.CompactionRequested;
import dev.baton.persistence.chat.ChatEvent.ContextCleared;
import dev.baton.persistence.chat.ChatEvent.ContextCompacted;
import dev.baton.persistence.chat.ChatEvent.DetailsChanged;
import dev.baton.persistence.chat.ChatEvent.HistoryTruncated;
import dev.baton.persistence.chat.ChatEvent.InterruptRequested;
import dev.baton.persistence.chat.ChatEvent.ModelChosen;
import dev.baton.persistence.chat.ChatEvent.QueueChanged;
import dev.baton.persistence.chat.ChatEvent.Reconciled;
import dev.baton.persistence.chat.ChatEvent.RetryScheduled;
import dev.baton.persistence.chat.ChatEvent.RunnerAssigned;
import dev.baton.persistence.chat.ChatEvent.RunnerReleased;
import dev.baton.persistence.chat.ChatEvent.StepCommitted;
import dev.baton.persistence.chat.ChatEvent.TurnEnded;
import dev.baton.persistence.chat.ChatEvent.TurnFailed;
import dev.baton.persistence.chat.ChatEvent.UserMessageAdded;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One event's effect on a chat: starts from the old state and changes what the event names. */
final class Evolution implements ChatEvent.Visitor {
    private final ChatId id;
    private final long version;
    private final Instant updatedAt;
    private Origin origin;
    private Details details;
    private String model;
    private boolean archived;
    private Status status;
    private History history;
    private Queue queue;
    private Turn turn;
    private @Nullable Failure failure;
    private Hold hold;
    private SentMessages sent;
    private long nextNumber;

    Evolution(ChatState before, ChatEvent event) {
        id = before.id();
        version = before.version() + 1;
        updatedAt = event.at();
        origin = before.origin();
        details = before.details();
        model = before.model();
        archived = before.archived();
        status = before.status();
        history = before.history();
        queue = before.queue();
        turn = before.turn();
        failure = before.failure();
        hold = before.hold();
        sent = before.sent();
        nextNumber = before.nextNumber();
        event.accept(this);
    }

    ChatState result() {
        return new ChatState(
                id,
                origin,
                details,
                model,
                archived,
                updatedAt,
                status,
                history,
                queue,
                turn,
                failure,
                hold,
                sent,
                nextNumber,
                version);
    }

    @Override
    public void on(ChatCreated event) {
        origin = new Origin(event.owner(), event.systemPrompt(), event.tools(), event.at(), event.requestKey());
        details = event.details();
        model = event.model();
    }

    @Override
    public void on(UserMessageAdded event) {
        Message message = event.message();
        add(List.of(message));
        turn = event.steers() ? turn.withChangedHistory() : Turn.startedBy(message.id());
        status = Status.RUNNING;
        failure = null;
        sent = sent.with(message.clientMessageId(), new Sent(message.id(), null));
    }

    @Override
    public void on(QueueChanged event) {
        queue = new Queue(event.queue(), version);
        for (QueuedMessage message : event.queue()) {
            nextNumber = Math.max(nextNumber, message.id().number() + 1);
            sent = sent.with(message.clientMessageId(), new Sent(null, message.id()));
        }
    }

    @Override
    public void on(HistoryTruncated event) {
        history = history.truncatedFrom(event.first(), version);
        turn = Turn.NONE;
    }

    @Override
    public void on(ModelChosen event) {
        model = event.model();
    }

    @Override
    public void on(DetailsChanged event) {
        details = event.details();
    }

    @Override
    public void on(ChatArchived event) {
        archived = true;
    }

    @Override
    public void on(ChatUnarchived event) {
        archived = false;
    }

    @Override
    public void on(ContextCleared event) {
        history = history.withContextFrom(nextNumber, version);
        turn = Turn.NONE;
        status = Status.WAITING;
        failure = null;
    }

    @Override
    public void on(CompactionRequested event) {
        history = history.regardedAnew(version);
        turn = Turn.ofCompaction();
        status = Status.RUNNING;
        failure = null;
    }

    @Override
    public void on(ContextCompacted event) {
        history = history.withContextFrom(event.summary().number(), version);
        turn = turn.withChangedHistory();
    }

    @Override
    public void on(InterruptRequested event) {
        status = Status.INTERRUPTING;
    }

    @Override
    public void on(RunnerAssigned event) {
        hold = new Hold(event.epoch(), event.node(), null);
    }

    @Override
    public void on(RunnerReleased event) {
        hold = hold.released();
    }

    @Override
    public void on(AttemptStarted event) {
        turn = turn.withAttempt(event.attempt());
    }

    @Override
    public void on(RetryScheduled event) {
        turn = turn.withRetry(event.retry());
    }

    @Override
    public void on(StepCommitted event) {
        add(event.messages());
        turn = turn.withStep();
    }

    @Override
    public void on(ActionRequired event) {
        turn = turn.withAction(event.action());
        status = Status.REQUIRES_ACTION;
    }

    @Override
    public void on(ActionEnded event) {
        turn = turn.withAction(null);
        status = Status.RUNNING;
    }

    @Override
    public void on(TurnEnded event) {
        turn = Turn.NONE;
        status = Status.WAITING;
        hold = hold.ended();
    }

    @Override
    public void on(TurnFailed event) {
        turn = Turn.NONE;
        status = Status.ERROR;
        failure = event.failure();
        hold = hold.ended();
    }

    @Override
    public void on(Reconciled event) {
        turn = Turn.NONE;
        status = Status.ERROR;
        archived = false;
        failure = event.failure();
        hold = hold.ended();
    }

    private void add(List<Message> messages) {
        history = history.with(messages, version);
        for (Message message : messages) {
            nextNumber = Math.max(nextNumber, message.id().number() + 1);
        }
    }
}
