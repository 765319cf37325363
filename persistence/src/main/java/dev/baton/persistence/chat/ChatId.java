package dev.baton.persistence.chat;

import java.util.Optional;
import java.util.UUID;

/** The name of one chat, unique for ever. */
public record ChatId(UUID value) {

    /** Reads the canonical text of an id; empty when {@code text} is none. */
    public static Optional<ChatId> parse(String text) {
        try {
            var id = new ChatId(UUID.fromString(text));
            return id.toString().equals(text) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
