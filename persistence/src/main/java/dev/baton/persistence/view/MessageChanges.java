package dev.baton.persistence.view;

import dev.baton.persistence.chat.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the versions after {@code since} up to {@code upTo} did to a chat's messages: {@code messages} replace all whose
 * number is {@code from} or higher. Without {@code from} they did nothing.
 */
public record MessageChanges(long since, long upTo, OptionalLong from, List<Message> messages) {

    public MessageChanges {
        messages = List.copyOf(messages);
    }

    /** All messages of a chat at one version, in place of whatever was known of it. */
    public static MessageChanges all(long version, List<Message> messages) {
        return new MessageChanges(0, version, OptionalLong.of(0), messages);
    }

    /** Whether these changes can be made to messages that are complete up to {@code version}, and bring news. */
    boolean follow(long version) {
        return since <= version && version < upTo;
    }

    /** These changes and then {@code next}; when a version is missing between the two, these alone. */
    MessageChanges then(MessageChanges next) {
        if (!next.follow(upTo)) {
            return this;
        }
        long first = Math.min(since, next.since);
        if (next.from.isEmpty()) {
            return new MessageChanges(first, next.upTo, from, messages);
        }
        long cut = next.from.getAsLong();
        var both = new ArrayList<Message>();
        messages.stream().filter(message -> message.id().number() < cut).forEach(both::add);
        both.addAll(next.messages);
        return new MessageChanges(first, next.upTo, OptionalLong.of(Math.min(cut, from.orElse(cut))), both);
    }
}
