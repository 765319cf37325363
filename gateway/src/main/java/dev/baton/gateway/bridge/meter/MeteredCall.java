package dev.baton.gateway.bridge.meter;

import akka.Done;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.ledger.CallEnd;
import dev.baton.persistence.ledger.CallId;
import dev.baton.persistence.ledger.CallProgress;
import dev.baton.persistence.ledger.CallRecord;
import dev.baton.persistence.ledger.Outcome;
import dev.baton.persistence.ledger.Target;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A call under way. It ends once: the first end counts, and what comes later changes nothing. Safe from any thread.
 *
 * <p>What an end returns is done when the end is on disk. Whoever tells others how the call ended does it after that: then a
 * crash loses nothing that anybody knows.
 */
public final class MeteredCall {
    private static final int MOST_TOOL_CALLS = 500;

    private final CallId id;
    private final Clock clock;
    private final int mostCharacters;
    private final Consumer<CallProgress> progress;
    private final Function<CallEnd, CompletionStage<Done>> end;
    private final List<CallRecord> toolCalls = new ArrayList<>();
    private final StringBuilder reasoning = new StringBuilder();
    private Target target;
    private @Nullable Usage usage;
    private int reasoned;
    private @Nullable CompletableFuture<Done> ended;

    MeteredCall(
            CallId id,
            Target target,
            Clock clock,
            int mostCharacters,
            Consumer<CallProgress> progress,
            Function<CallEnd, CompletionStage<Done>> end) {
        this.id = id;
        this.target = target;
        this.clock = clock;
        this.mostCharacters = mostCharacters;
        this.progress = progress;
        this.end = end;
    }

    public CallId id() {
        return id;
    }

    /** Another target is called from now on, since the one before did not answer. */
    public synchronized void goesTo(Target other) {
        target = other;
    }

    /** All that the provider has told of what the call used so far. */
    public void used(Usage soFar) {
        CallProgress now;
        synchronized (this) {
            if (ended != null) {
                return;
            }
            usage = soFar;
            now = new CallProgress(id, target, soFar);
        }
        progress.accept(now);
    }

    public synchronized void toolCall(String callId, String tool, String arguments) {
        if (toolCalls.size() < MOST_TOOL_CALLS) {
            toolCalls.add(CallRecord.toolCall(callId, tool, arguments).cutTo(mostCharacters));
        }
    }

    /** One more piece of what the model thought. */
    public synchronized void reasoning(String piece) {
        reasoned += piece.length();
        int room = Math.min(piece.length(), mostCharacters - reasoning.length());
        reasoning.append(piece, 0, Math.max(0, room));
    }

    /** The answer is whole. */
    public CompletionStage<Done> ended(Usage all) {
        return end(Outcome.DONE, null, null, all);
    }

    public CompletionStage<Done> failed(Failure failure) {
        return failed(failure.kind().name().toLowerCase(Locale.ROOT), failure.message());
    }

    CompletionStage<Done> failed(String kind, String text) {
        return end(Outcome.FAILED, kind, text, null);
    }

    /** Nobody waits for the answer any more. What was told until now was used; nothing else is made up. */
    public CompletionStage<Done> cancelled() {
        return end(Outcome.CANCELLED, null, null, null);
    }

    private CompletionStage<Done> end(
            Outcome outcome, @Nullable String kind, @Nullable String text, @Nullable Usage all) {
        var mine = new CompletableFuture<Done>();
        CallEnd how;
        synchronized (this) {
            if (ended != null) {
                return ended;
            }
            ended = mine;
            usage = all == null ? usage : all;
            how = new CallEnd(id, outcome, kind, text, target, usage, clock.instant(), records());
        }
        var unused = end.apply(how).whenComplete((done, failure) -> {
            if (failure == null) {
                mine.complete(done);
            } else {
                mine.completeExceptionally(failure);
            }
        });
        return mine;
    }

    private List<CallRecord> records() {
        var records = new ArrayList<CallRecord>();
        if (reasoned > 0) {
            records.add(new CallRecord(CallRecord.Kind.REASONING, null, null, reasoned, reasoning.toString()));
        }
        records.addAll(toolCalls);
        return records;
    }
}
