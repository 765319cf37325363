package dev.baton.persistence.ledger;

import java.util.Optional;
import java.util.UUID;

/** Names one call of a model. */
public record CallId(UUID value) {

    public static Optional<CallId> parse(String text) {
        try {
            UUID value = UUID.fromString(text);
            return value.toString().equals(text) ? Optional.of(new CallId(value)) : Optional.empty();
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
