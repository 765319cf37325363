package dev.baton.persistence.ledger;

import dev.baton.persistence.schema.DatabaseException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A table in memory that fails when it is told to. */
final class ScriptedCallTable implements CallTable {

    /** What goes wrong with a write. */
    enum Fault {
        /** It is not done. */
        AWAY,
        /** It is done, but nobody hears of it. */
        ANSWER_LOST
    }

    final List<Integer> groups = new ArrayList<>();
    final Map<CallId, CallStart> started = new HashMap<>();
    final Map<CallId, CallEnd> ended = new HashMap<>();
    private final Deque<Fault> faults = new ArrayDeque<>();

    synchronized void next(Fault... next) {
        faults.addAll(List.of(next));
    }

    @Override
    public synchronized void write(List<CallStart> starts, List<CallProgress> progress, List<CallEnd> ends) {
        Fault fault = faults.poll();
        if (fault == Fault.AWAY) {
            throw away();
        }
        if (starts.stream().anyMatch(start -> start.asker().owner().equals("refuse me"))
                || ends.stream().anyMatch(end -> !end.records().isEmpty())) {
            throw new DatabaseException("refused", new SQLException("refused", "22021"));
        }
        groups.add(starts.size() + progress.size() + ends.size());
        starts.forEach(start -> started.put(start.id(), start));
        ends.stream().filter(end -> started.containsKey(end.id())).forEach(end -> ended.putIfAbsent(end.id(), end));
        if (fault == Fault.ANSWER_LOST) {
            throw away();
        }
    }

    private static DatabaseException away() {
        return new DatabaseException("away", null);
    }
}
