package dev.baton.persistence.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages that wait. {@code version}: the chat's version at which they last changed. */
public record Queue(List<QueuedMessage> messages, long version) {
    static final Queue EMPTY = new Queue(List.of(), 0);

    public Queue {
        messages = List.copyOf(messages);
    }

    public boolean isEmpty() {
        return messages.isEmpty();
    }

    public Optional<QueuedMessage> find(QueueId id) {
        return messages.stream().filter(message -> message.id().equals(id)).findFirst();
    }

    List<QueuedMessage> with(QueuedMessage last) {
        var longer = new ArrayList<>(messages);
        longer.add(last);
        return longer;
    }

    List<QueuedMessage> without(QueueId id) {
        return messages.stream().filter(message -> !message.id().equals(id)).toList();
    }

    List<QueuedMessage> withFirst(QueuedMessage head) {
        var moved = new ArrayList<QueuedMessage>();
        moved.add(head);
        moved.addAll(without(head.id()));
        return moved;
    }

    List<QueuedMessage> steering() {
        return messages.stream().filter(QueuedMessage::steer).toList();
    }

    List<QueuedMessage> notSteering() {
        return messages.stream().filter(message -> !message.steer()).toList();
    }
}
