package dev.baton.gateway.stream;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.PendingAction;
import dev.baton.persistence.chat.Retry;
import dev.baton.persistence.chat.Status;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;

/**
 * A chat as it is, told to a client that has seen nothing of it. Each message has its own cursor; what follows them
 * still has that of the last message, and only the status at the end says that all was told. So a client that comes
 * back from anywhere in between misses nothing.
 *
 * <p>What is told is let go of: an actor's first values live as long as the actor, and a chat may be large.
 */
final class Snapshot implements Iterator<Frame> {
    private final ChatId chat;
    private final Cursor end;
    private final Deque<WireEvent> conditions = new ArrayDeque<>();
    private Iterator<Message> messages;
    private Cursor cursor = Cursor.START;

    /** {@code end}: where the client stands when all was told. */
    Snapshot(ChatState chat, Cursor end) {
        this.chat = chat.id();
        this.end = end;
        this.messages = chat.history().messages().iterator();
        addConditions(chat);
    }

    private void addConditions(ChatState state) {
        if (!state.queue().isEmpty()) {
            conditions.add(WireEvent.queue(state.queue().messages()));
        }
        Failure failure = state.failure();
        if (failure != null) {
            conditions.add(WireEvent.error(failure));
        }
        PendingAction action = state.turn().action();
        if (action != null) {
            conditions.add(WireEvent.action(action));
        }
        Retry retry = state.turn().retry();
        if (retry != null && state.status() == Status.RUNNING) {
            conditions.add(WireEvent.retry(retry));
        }
        conditions.add(WireEvent.status(state.status()));
    }

    @Override
    public boolean hasNext() {
        return !conditions.isEmpty();
    }

    @Override
    public Frame next() {
        if (messages.hasNext()) {
            Message message = messages.next();
            boolean sameVersion = cursor.version() == message.version();
            cursor = Cursor.within(message.version(), sameVersion ? cursor.next() + 1 : 1);
            return Frame.of(chat, cursor, WireEvent.message(message));
        }
        messages = Collections.emptyIterator();
        WireEvent condition = conditions.remove();
        return Frame.of(chat, conditions.isEmpty() ? end : cursor, condition);
    }
}
