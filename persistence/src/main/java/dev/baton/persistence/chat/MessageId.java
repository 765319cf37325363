package dev.baton.persistence.chat;

import java.util.Optional;

/** A message's number in its chat; numbers grow, have gaps and are never used again. Its text is {@code m<number>}. */
public record MessageId(long number) implements Comparable<MessageId> {
    /** What a chat that is made with a message calls it. */
    static final MessageId FIRST = new MessageId(1);

    /** Reads {@code m<number>}; empty when {@code text} is nothing of the kind. */
    public static Optional<MessageId> parse(String text) {
        return Numbered.parse('m', text).map(MessageId::new);
    }

    @Override
    public int compareTo(MessageId other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return "m" + number;
    }
}
