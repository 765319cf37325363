package dev.baton.gateway.stream;

import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What clients are told about an event of the journal: a pure function, so that those who watched and those who come
 * back later are told the same, under the same cursors.
 *
 * <p>One thing is left to the stream: after the {@code history_reset} of a truncation come the messages that remain.
 */
final class WireEvents implements ChatEvent.Visitor {
    private final List<WireEvent> told = new ArrayList<>();
    private @Nullable Status status;

    private WireEvents() {}

    static WireEvents of(ChatEvent event) {
        var events = new WireEvents();
        event.accept(events);
        return events;
    }

    List<WireEvent> told() {
        return List.copyOf(told);
    }

    /** The status that the event leads to; empty when it stays as it is. */
    Optional<Status> status() {
        return Optional.ofNullable(status);
    }

    private void status(Status next) {
        status = next;
        told.add(WireEvent.status(next));
    }

    @Override
    public void on(ChatEvent.ChatCreated event) {
        status(Status.WAITING);
    }

    @Override
    public void on(ChatEvent.UserMessageAdded event) {
        told.add(WireEvent.message(event.message()));
        if (!event.steers()) {
            status(Status.RUNNING);
        }
    }

    @Override
    public void on(ChatEvent.QueueChanged event) {
        told.add(WireEvent.queue(event.queue()));
    }

    @Override
    public void on(ChatEvent.HistoryTruncated event) {
        told.add(WireEvent.historyReset());
    }

    @Override
    public void on(ChatEvent.ModelChosen event) {}

    @Override
    public void on(ChatEvent.DetailsChanged event) {}

    @Override
    public void on(ChatEvent.ChatArchived event) {}

    @Override
    public void on(ChatEvent.ChatUnarchived event) {}

    @Override
    public void on(ChatEvent.ContextCleared event) {
        status(Status.WAITING);
    }

    @Override
    public void on(ChatEvent.CompactionRequested event) {
        status(Status.RUNNING);
    }

    @Override
    public void on(ChatEvent.ContextCompacted event) {}

    @Override
    public void on(ChatEvent.InterruptRequested event) {
        status(Status.INTERRUPTING);
    }

    @Override
    public void on(ChatEvent.RunnerAssigned event) {
        if (event.move() != null) {
            told.add(WireEvent.moved(event.move(), event.node()));
        }
    }

    @Override
    public void on(ChatEvent.RunnerReleased event) {}

    /** The first attempt has nothing before it that could have been shown. */
    @Override
    public void on(ChatEvent.AttemptStarted event) {
        if (event.attempt() > 1) {
            told.add(WireEvent.newAttempt(event.attempt()));
        }
    }

    @Override
    public void on(ChatEvent.RetryScheduled event) {
        told.add(WireEvent.retry(event.retry()));
    }

    @Override
    public void on(ChatEvent.StepCommitted event) {
        event.messages().forEach(message -> told.add(WireEvent.message(message)));
    }

    @Override
    public void on(ChatEvent.ActionRequired event) {
        told.add(WireEvent.action(event.action()));
        status(Status.REQUIRES_ACTION);
    }

    @Override
    public void on(ChatEvent.ActionEnded event) {
        status(Status.RUNNING);
    }

    @Override
    public void on(ChatEvent.TurnEnded event) {
        status(Status.WAITING);
    }

    @Override
    public void on(ChatEvent.TurnFailed event) {
        told.add(WireEvent.error(event.failure()));
        status(Status.ERROR);
    }

    @Override
    public void on(ChatEvent.Reconciled event) {
        told.add(WireEvent.error(event.failure()));
        status(Status.ERROR);
    }
}
