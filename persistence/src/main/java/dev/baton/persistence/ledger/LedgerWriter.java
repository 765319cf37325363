package dev.baton.persistence.ledger;

import akka.Done;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.DatabaseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the ledger of one node. One write is under way at a time and takes what came while the last one ran.
 *
 * <p>A start that cannot be written has failed, and so has its call, of which nothing was sent yet. All else is tried until
 * the database is back. Of a start whose outcome nobody knows the row is ended, should it be there.
 *
 * <p>Bounds: of each call there is one start, one usage and one end at most, and no more calls start when {@code pending} of
 * them wait.
 */
public final class LedgerWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LedgerWriter.class);

    private final CallTable table;
    private final Executor executor;
    private final LedgerSettings settings;
    private final Deque<Entry<CallStart>> starts = new ArrayDeque<>();
    private final Map<CallId, CallProgress> progress = new LinkedHashMap<>();
    private final Deque<Entry<CallEnd>> ends = new ArrayDeque<>();
    private final CompletableFuture<Done> closed = new CompletableFuture<>();
    private int underWay;
    private boolean busy;
    private boolean closing;
    private int failures;

    private record Entry<T>(T value, CompletableFuture<Done> written) {
        Entry(T value) {
            this(value, new CompletableFuture<>());
        }
    }

    private record Group(List<Entry<CallStart>> starts, List<CallProgress> progress, List<Entry<CallEnd>> ends) {
        int size() {
            return starts.size() + progress.size() + ends.size();
        }

        boolean isEmpty() {
            return size() == 0;
        }
    }

    LedgerWriter(CallTable table, Executor executor, LedgerSettings settings) {
        this.table = table;
        this.executor = executor;
        this.settings = settings;
    }

    public static LedgerWriter of(Database database, LedgerSettings settings) {
        return new LedgerWriter(new JdbcCallTable(database, settings), database.executor(), settings);
    }

    /** Done when it is on disk. Fails when it cannot be written now; then nothing may be sent. */
    public CompletionStage<Done> start(CallStart start) {
        var entry = new Entry<>(start);
        synchronized (this) {
            if (closing) {
                return CompletableFuture.failedFuture(new DatabaseException("the ledger is closed", null));
            }
            if (starts.size() + ends.size() >= settings.pending()) {
                return CompletableFuture.failedFuture(new DatabaseException(
                        "the ledger has " + settings.pending() + " entries that wait for the database", null));
            }
            starts.addLast(entry);
        }
        begin();
        return entry.written();
    }

    /** Written some time soon; what comes later of the same call takes its place. */
    public void used(CallProgress used) {
        synchronized (this) {
            if (closing) {
                return;
            }
            progress.put(used.id(), used);
        }
        begin();
    }

    /** Done when it is on disk, which may take as long as the database is away; fails when the node ends before that. */
    public CompletionStage<Done> end(CallEnd end) {
        var entry = new Entry<>(end);
        synchronized (this) {
            if (closing) {
                return CompletableFuture.failedFuture(new DatabaseException("the ledger is closed", null));
            }
            ends.addLast(entry);
        }
        begin();
        return entry.written();
    }

    /** How much waits to be written, or is being written. */
    public synchronized int pending() {
        return underWay + starts.size() + progress.size() + ends.size();
    }

    /**
     * Takes nothing new and completes when all that waits is written, or when the next write fails. Harmless again and
     * from any thread.
     */
    public CompletionStage<Done> close() {
        synchronized (this) {
            closing = true;
        }
        begin();
        return closed;
    }

    private void begin() {
        synchronized (this) {
            if (busy) {
                return;
            }
            busy = true;
        }
        run();
    }

    private void run() {
        try {
            executor.execute(this::writeAll);
        } catch (RejectedExecutionException tooBusy) {
            failed(next(), tooBusy);
        }
    }

    private void writeAll() {
        for (Group group = next(); !group.isEmpty(); group = next()) {
            try {
                write(group);
            } catch (RuntimeException failure) {
                failed(group, failure);
                return;
            }
            synchronized (this) {
                if (failures > 0) {
                    failures = 0;
                    LOG.info("the ledger is written again");
                }
            }
        }
    }

    private synchronized Group next() {
        int room = settings.groupSize();
        List<Entry<CallStart>> some = some(starts, room);
        room -= some.size();
        var used = new ArrayList<CallProgress>();
        for (var each = progress.values().iterator(); used.size() < room && each.hasNext(); ) {
            used.add(each.next());
            each.remove();
        }
        var group = new Group(some, used, some(ends, room - used.size()));
        underWay = group.size();
        if (group.isEmpty()) {
            busy = false;
            if (closing) {
                closed.complete(Done.getInstance());
            }
        }
        return group;
    }

    private static <T> List<T> some(Deque<T> waiting, int room) {
        var some = new ArrayList<T>();
        while (some.size() < room && !waiting.isEmpty()) {
            some.add(waiting.removeFirst());
        }
        return some;
    }

    private void write(Group group) {
        try {
            table.write(values(group.starts()), group.progress(), values(group.ends()));
        } catch (DatabaseException failure) {
            if (!failure.refusesTheValues() || group.size() == 1) {
                throw failure;
            }
            writeAlone(group);
            return;
        }
        group.starts().forEach(LedgerWriter::written);
        group.ends().forEach(LedgerWriter::written);
    }

    /** The database refuses the values of one of a group; the others must not suffer for it. */
    private void writeAlone(Group group) {
        group.starts().forEach(start -> writeOne(new Group(List.of(start), List.of(), List.of())));
        group.progress().forEach(used -> writeOne(new Group(List.of(), List.of(used), List.of())));
        group.ends().forEach(end -> writeOne(new Group(List.of(), List.of(), List.of(end))));
    }

    private void writeOne(Group one) {
        try {
            write(one);
        } catch (RuntimeException failure) {
            putBack(one, failure);
        }
    }

    private void failed(Group group, RuntimeException failure) {
        putBack(group, failure);
        int nth;
        synchronized (this) {
            nth = ++failures;
            underWay = 0;
        }
        if (nth == 1) {
            LOG.warn("the ledger cannot be written: {}; trying until it can", failure.toString());
        }
        if (!giveUp(failure)) {
            CompletableFuture.delayedExecutor(settings.retry(nth).toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(this::run);
        }
    }

    private void putBack(Group group, RuntimeException failure) {
        boolean refused = failure instanceof DatabaseException known && known.refusesTheValues();
        synchronized (this) {
            group.progress().forEach(used -> progress.putIfAbsent(used.id(), used));
            for (int i = group.ends().size() - 1; i >= 0; i--) {
                Entry<CallEnd> end = group.ends().get(i);
                if (!refused) {
                    ends.addFirst(end);
                } else if (!end.value().records().isEmpty()) {
                    ends.addFirst(new Entry<>(withoutRecords(end.value()), end.written()));
                } else {
                    LOG.error(
                            "call {}: the database refuses its end", end.value().id(), failure);
                    end.written().completeExceptionally(failure);
                }
            }
            if (refused) {
                group.progress().forEach(used -> progress.remove(used.id()));
            } else {
                group.starts().forEach(start -> ends.addLast(new Entry<>(notMade(start.value()))));
            }
        }
        group.starts().forEach(start -> start.written().completeExceptionally(failure));
    }

    private static CallEnd withoutRecords(CallEnd end) {
        return new CallEnd(
                end.id(),
                end.outcome(),
                end.failureKind(),
                end.failureText(),
                end.target(),
                end.usage(),
                end.at(),
                List.of());
    }

    /** Nobody knows whether the row is there. */
    private static CallEnd notMade(CallStart start) {
        return new CallEnd(
                start.id(),
                Outcome.FAILED,
                "database_unavailable",
                "the call was not made, since nobody knew whether its start was recorded",
                start.target(),
                null,
                start.at(),
                List.of());
    }

    private boolean giveUp(RuntimeException failure) {
        List<Entry<CallEnd>> left;
        synchronized (this) {
            if (!closing) {
                return false;
            }
            left = List.copyOf(ends);
            ends.clear();
            progress.clear();
            busy = false;
        }
        if (!left.isEmpty()) {
            LOG.warn("{} calls could not be ended in the ledger; the node with the sweeper will", left.size());
        }
        left.forEach(end -> end.written().completeExceptionally(failure));
        closed.complete(Done.getInstance());
        return true;
    }

    private static <T> List<T> values(List<Entry<T>> entries) {
        return entries.stream().map(Entry::value).toList();
    }

    private static void written(Entry<?> entry) {
        entry.written().complete(Done.getInstance());
    }
}
