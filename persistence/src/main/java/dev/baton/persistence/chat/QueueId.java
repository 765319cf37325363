package dev.baton.persistence.chat;

import java.util.Optional;

/** A queued message's number in its chat, from the same count as message numbers. Its text is {@code q<number>}. */
public record QueueId(long number) {

    /** Reads {@code q<number>}; empty when {@code text} is nothing of the kind. */
    public static Optional<QueueId> parse(String text) {
        return Numbered.parse('q', text).map(QueueId::new);
    }

    @Override
    public String toString() {
        return "q" + number;
    }
}
