package dev.baton.persistence.view;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/** A table in memory that fails when it is told to. */
final class ScriptedTable implements ChatTable {
    final List<List<String>> groups = new ArrayList<>();
    private final Deque<RuntimeException> failures = new ArrayDeque<>();
    private Predicate<ChatUpdate> refused = update -> false;
    private RuntimeException refusal = new IllegalStateException("unused");

    /** The next write throws {@code failure}. */
    synchronized void failNext(RuntimeException failure) {
        failures.add(failure);
    }

    /** Every write of an update for which {@code condition} holds throws {@code failure}. */
    synchronized void refuse(Predicate<ChatUpdate> condition, RuntimeException failure) {
        refused = condition;
        refusal = failure;
    }

    @Override
    public synchronized List<ChatChange> write(List<ChatUpdate> updates) {
        RuntimeException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        if (updates.stream().anyMatch(refused)) {
            throw refusal;
        }
        groups.add(updates.stream().map(ScriptedTable::text).toList());
        return updates.stream()
                .map(update -> new ChatChange(groups.size(), update.row()))
                .toList();
    }

    /** {@code <number of the chat>@<version>}. */
    static String text(ChatUpdate update) {
        return update.id().value().getLeastSignificantBits() + "@"
                + update.row().version();
    }
}
