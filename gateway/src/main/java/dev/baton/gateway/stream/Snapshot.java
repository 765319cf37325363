package dev.baton.gateway.stream;

import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.PendingAction;
import dev.baton.persistence.chat.Retry;
import dev.baton.persistence.chat.Status;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * A chat as it is, told to a client that has seen nothing of it. Each message has its own cursor; what follows them
 * still has that of the last message, and only the status at the end says that all was told. So a client that comes
 * back from anywhere in between misses nothing.
 */
final class Snapshot implements Iterator<Frame> {
    private final ChatState chat;
    private final Cursor end;
    private final List<Frame> rest = new ArrayList<>();
    private int messages;
    private int frames;
    private Cursor cursor = Cursor.START;

    Snapshot(ChatState chat, Cursor end) {
        this.chat = chat;
        this.end = end;
    }

    @Override
    public boolean hasNext() {
        return messages < chat.history().messages().size() || rest.isEmpty() || frames < rest.size();
    }

    @Override
    public Frame next() {
        List<Message> history = chat.history().messages();
        if (messages < history.size()) {
            Message message = history.get(messages++);
            boolean sameVersion = cursor.version() == message.version();
            cursor = Cursor.within(message.version(), sameVersion ? cursor.next() + 1 : 1);
            return Frame.of(chat.id(), cursor, WireEvent.message(message));
        }
        if (rest.isEmpty()) {
            conditions().forEach(event -> rest.add(Frame.of(chat.id(), cursor, event)));
            rest.add(Frame.of(chat.id(), end, WireEvent.status(chat.status())));
        }
        return rest.get(frames++);
    }

    private List<WireEvent> conditions() {
        var events = new ArrayList<WireEvent>();
        if (!chat.queue().isEmpty()) {
            events.add(WireEvent.queue(chat.queue().messages()));
        }
        Failure failure = chat.failure();
        if (failure != null) {
            events.add(WireEvent.error(failure));
        }
        PendingAction action = chat.turn().action();
        if (action != null) {
            events.add(WireEvent.action(action));
        }
        Retry retry = chat.turn().retry();
        if (retry != null && chat.status() == Status.RUNNING) {
            events.add(WireEvent.retry(retry));
        }
        return events;
    }
}
