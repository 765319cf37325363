package dev.baton.persistence.parts;

import akka.Done;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.DatabaseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The part log of one node. One write is under way at a time and takes what came while the last one ran, so groups grow
 * with the load by themselves and nothing waits for a timer.
 *
 * <p>Bounds: an episode has one append on its way at most, so there are no more of them than chats that run here; of what
 * to delete there is one entry per chat, and no more than {@link #MOST_DELETIONS}, since the sweep finds the rest.
 */
public final class PartWriter implements PartLog {
    private static final Logger LOG = LoggerFactory.getLogger(PartWriter.class);
    private static final int MOST_DELETIONS = 50_000;
    private static final int CLAIM_GROWTH = 16;
    private static final int WIDEST_CLAIM = 256;

    private final PartTable table;
    private final Executor executor;
    private final PartSettings settings;
    private final Deque<Append> waiting = new ArrayDeque<>();
    private final Map<ChatId, Long> deletions = new HashMap<>();
    private final CompletableFuture<Done> closed = new CompletableFuture<>();
    private boolean busy;
    private boolean closing;
    private int failures;

    /** {@code tried}: nobody knows what became of an earlier try. */
    private record Append(Chunk chunk, boolean tried, CompletableFuture<Boolean> outcome) {
        Append again() {
            return new Append(chunk, /* tried= */ true, outcome);
        }
    }

    private record Group(List<Append> appends, Map<ChatId, Long> deletions) {
        boolean isEmpty() {
            return appends.isEmpty() && deletions.isEmpty();
        }
    }

    PartWriter(PartTable table, Executor executor, PartSettings settings) {
        this.table = table;
        this.executor = executor;
        this.settings = settings;
    }

    public static PartWriter of(Database database, PartSettings settings) {
        return new PartWriter(new JdbcPartTable(database, settings.writeLimit()), database.executor(), settings);
    }

    /** Most episodes are new, so they are claimed without asking what is there: if something is, the first chunk is taken. */
    @Override
    public CompletionStage<Claim> claim(EpisodeKey key, long epoch, boolean ahead) {
        return append(Chunk.claim(key, 1, epoch, ahead))
                .thenCompose(isNew -> isNew
                        ? CompletableFuture.completedFuture(new Claim.Claimed(LoggedEpisode.EMPTY.claimed()))
                        : claimAfterReading(key, epoch, ahead, /* width= */ 1));
    }

    /**
     * Takes the next {@code width} numbers, or what is left of them. A writer that is not dead yet may always be the one
     * that is faster to the very next; of many it can take but the first few, and meets the claim at the one after these.
     */
    private CompletionStage<Claim> claimAfterReading(EpisodeKey key, long epoch, boolean ahead, int width) {
        return read(key).thenCompose(chunks -> {
            if (isFenced(chunks, epoch)) {
                return CompletableFuture.completedFuture(new Claim.Fenced());
            }
            LoggedEpisode there = LoggedEpisode.of(chunks);
            // What was shown ahead of the log stays unknown, whoever claims it.
            boolean stillAhead =
                    ahead || (!chunks.isEmpty() && chunks.get(chunks.size() - 1).ahead());
            CompletionStage<Boolean> taken = CompletableFuture.completedFuture(false);
            for (int next = 1; next <= width; next++) {
                Chunk claim = Chunk.claim(key, there.lastChunk() + next, epoch, stillAhead);
                taken = taken.thenCombine(append(claim), Boolean::logicalOr);
            }
            return taken.thenCompose(isMine -> {
                if (!isMine) {
                    return claimAfterReading(key, epoch, ahead, Math.min(width * CLAIM_GROWTH, WIDEST_CLAIM));
                }
                return width == 1
                        ? CompletableFuture.completedFuture(new Claim.Claimed(there.claimed()))
                        : readClaimed(key, epoch);
            });
        });
    }

    private CompletionStage<Claim> readClaimed(EpisodeKey key, long epoch) {
        return read(key)
                .thenApply(chunks ->
                        isFenced(chunks, epoch) ? new Claim.Fenced() : new Claim.Claimed(LoggedEpisode.of(chunks)));
    }

    private static boolean isFenced(List<Chunk> chunks, long epoch) {
        return chunks.stream().anyMatch(chunk -> chunk.epoch() > epoch);
    }

    @Override
    public CompletionStage<Boolean> append(Chunk chunk) {
        var outcome = new CompletableFuture<Boolean>();
        synchronized (this) {
            if (closing) {
                return CompletableFuture.failedFuture(new IllegalStateException("the part log is closed"));
            }
            waiting.addLast(new Append(chunk, /* tried= */ false, outcome));
        }
        begin();
        return outcome;
    }

    @Override
    public void delete(ChatId chat, long historyVersion) {
        synchronized (this) {
            if (closing || (deletions.size() >= MOST_DELETIONS && !deletions.containsKey(chat))) {
                return;
            }
            deletions.merge(chat, historyVersion, Math::max);
        }
        begin();
    }

    /** Deletes what nobody needs any more; returns how many chunks that were. */
    CompletionStage<Integer> deleteOrphans() {
        return CompletableFuture.supplyAsync(
                () -> table.deleteOrphans(settings.orphanAge(), settings.orphanBatch()), executor);
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
        start();
    }

    private void start() {
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException tooBusy) {
            failed(new Group(List.of(), Map.of()), tooBusy);
        }
    }

    private void run() {
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
                    LOG.info("parts can be logged again");
                }
            }
        }
    }

    /** Deleting is not urgent: it waits until nothing else does, or until it is worth a write of its own. */
    private synchronized Group next() {
        var appends = new ArrayList<Append>();
        int parts = 0;
        while (!waiting.isEmpty()) {
            int size = Math.max(1, waiting.getFirst().chunk().parts().size());
            if (!appends.isEmpty() && parts + size > settings.groupSize()) {
                break;
            }
            parts += size;
            appends.add(waiting.removeFirst());
        }
        var deleting = new HashMap<ChatId, Long>();
        if (waiting.isEmpty() || deletions.size() >= settings.groupSize()) {
            deleting.putAll(deletions);
            deletions.clear();
        }
        var group = new Group(appends, deleting);
        if (group.isEmpty()) {
            busy = false;
            if (closing) {
                closed.complete(Done.getInstance());
            }
        }
        return group;
    }

    private void write(Group group) {
        if (!group.appends().isEmpty()) {
            append(group.appends());
        }
        if (!group.deletions().isEmpty()) {
            table.delete(group.deletions());
        }
    }

    private void append(List<Append> appends) {
        Set<Chunk.Id> added;
        try {
            added = table.insert(appends.stream().map(Append::chunk).toList());
        } catch (DatabaseException failure) {
            if (!failure.refusesTheValues()) {
                throw failure;
            }
            appends.forEach(this::appendAlone);
            return;
        }
        for (Append append : appends) {
            append.outcome().complete(added.contains(append.chunk().id()) || wasAddedBefore(append));
        }
    }

    /** The database refuses the values of one of a group; the others must not suffer for it. */
    private void appendAlone(Append append) {
        try {
            boolean added = !table.insert(List.of(append.chunk())).isEmpty();
            append.outcome().complete(added || wasAddedBefore(append));
        } catch (DatabaseException failure) {
            if (!failure.refusesTheValues()) {
                throw failure;
            }
            append.outcome().completeExceptionally(failure);
        }
    }

    private boolean wasAddedBefore(Append append) {
        return append.tried() && table.read(append.chunk().key()).contains(append.chunk());
    }

    private void failed(Group group, RuntimeException failure) {
        int nth;
        synchronized (this) {
            for (int i = group.appends().size() - 1; i >= 0; i--) {
                Append append = group.appends().get(i);
                if (!append.outcome().isDone()) {
                    waiting.addFirst(append.again());
                }
            }
            group.deletions().forEach((chat, version) -> deletions.merge(chat, version, Math::max));
            nth = ++failures;
        }
        if (nth == 1) {
            LOG.warn("parts cannot be logged, answers wait: {}; trying until they can", failure.toString());
        }
        if (giveUp(failure)) {
            return;
        }
        later(nth, this::start);
    }

    private boolean giveUp(RuntimeException failure) {
        List<Append> left;
        synchronized (this) {
            if (!closing) {
                return false;
            }
            left = List.copyOf(waiting);
            waiting.clear();
            deletions.clear();
            busy = false;
        }
        left.forEach(append -> append.outcome().completeExceptionally(failure));
        closed.complete(Done.getInstance());
        return true;
    }

    /** On the timer's thread only as long as it takes to hand the work over. */
    private void later(int nth, Runnable work) {
        CompletableFuture.delayedExecutor(settings.retry(nth).toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                .execute(work);
    }

    private CompletionStage<List<Chunk>> read(EpisodeKey key) {
        var chunks = new CompletableFuture<List<Chunk>>();
        read(key, chunks, 1);
        return chunks;
    }

    private void read(EpisodeKey key, CompletableFuture<List<Chunk>> chunks, int nth) {
        try {
            executor.execute(() -> {
                try {
                    chunks.complete(table.read(key));
                } catch (DatabaseException failure) {
                    readLater(key, chunks, nth, failure);
                } catch (RuntimeException failure) {
                    chunks.completeExceptionally(failure);
                }
            });
        } catch (RejectedExecutionException tooBusy) {
            readLater(key, chunks, nth, tooBusy);
        }
    }

    private void readLater(EpisodeKey key, CompletableFuture<List<Chunk>> chunks, int nth, RuntimeException failure) {
        boolean over;
        synchronized (this) {
            over = closing;
        }
        if (over) {
            chunks.completeExceptionally(failure);
        } else {
            later(nth, () -> read(key, chunks, nth + 1));
        }
    }
}
