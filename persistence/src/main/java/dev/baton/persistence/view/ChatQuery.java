package dev.baton.persistence.view;

import dev.baton.persistence.chat.Status;
import java.util.Map;
import java.util.Optional;

/**
 * Which chats a list shows. {@code owner}: everyone's when empty; {@code text}: words that all occur in the title or all
 * in one message, of which the last may be the beginning of one; {@code labels}: all of them must match; {@code cursor}:
 * where the last page ended.
 */
public record ChatQuery(
        Optional<String> owner,
        Optional<String> text,
        Map<String, String> labels,
        Optional<Status> status,
        boolean archived,
        Optional<String> cursor,
        int limit) {
    public static final int MAX_LIMIT = 200;

    public ChatQuery {
        labels = Map.copyOf(labels);
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new IllegalArgumentException("limit (" + limit + ") must be from 1 to " + MAX_LIMIT);
        }
    }

    /** All chats of {@code owner} that are not archived. */
    public static ChatQuery of(String owner, int limit) {
        return new ChatQuery(
                Optional.of(owner), Optional.empty(), Map.of(), Optional.empty(), false, Optional.empty(), limit);
    }
}
