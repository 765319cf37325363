package dev.baton.gateway.bridge.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What was asked of the fake provider and how it ended; the newest 10,000 calls. Safe from any thread. */
public final class FakeCallLog {
    private static final int MAX_CALLS = 10_000;

    private final TreeMap<Integer, Call> calls = new TreeMap<>();
    private final long started = System.nanoTime();
    private final Set<Integer> openCalls = new HashSet<>();
    private int last;
    private int mostOpen;

    /** How a call ended. */
    public enum End {
        /** It has not. */
        OPEN,
        /** The answer went out whole. */
        WHOLE,
        /** The script refused it or ended it with an error. */
        REFUSED,
        /** The script cut it. */
        CUT,
        /** The client left. */
        CANCELLED
    }

    /**
     * One call. {@code prompt}: its last user message; {@code prefix}: the length of the partial answer it came with;
     * {@code tokens}: how many were written so far; times are milliseconds since the provider's start.
     */
    public record Call(
            int number,
            String model,
            String prompt,
            int prefix,
            boolean authorized,
            int tokens,
            End end,
            long startedMillis,
            long endedMillis) {}

    synchronized int begin(String model, String prompt, int prefix, boolean authorized) {
        last++;
        openCalls.add(last);
        mostOpen = Math.max(mostOpen, openCalls.size());
        calls.put(last, new Call(last, model, prompt, prefix, authorized, 0, End.OPEN, now(), -1));
        if (calls.size() > MAX_CALLS) {
            calls.pollFirstEntry();
        }
        notifyAll();
        return last;
    }

    synchronized void wrote(int number, int tokens) {
        calls.computeIfPresent(
                number,
                (key, call) -> new Call(
                        number,
                        call.model,
                        call.prompt,
                        call.prefix,
                        call.authorized,
                        tokens,
                        call.end,
                        call.startedMillis,
                        call.endedMillis));
        notifyAll();
    }

    /** The first end counts: a client may leave while the last bytes of a whole answer are on their way. */
    synchronized void end(int number, End end) {
        if (!openCalls.remove(number)) {
            return;
        }
        calls.computeIfPresent(
                number,
                (key, call) -> new Call(
                        number,
                        call.model,
                        call.prompt,
                        call.prefix,
                        call.authorized,
                        call.tokens,
                        end,
                        call.startedMillis,
                        now()));
        notifyAll();
    }

    /** All calls that are kept, oldest first. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls.values());
    }

    /** How many calls there ever were. */
    public synchronized int count() {
        return last;
    }

    public synchronized int open() {
        return openCalls.size();
    }

    /** The most calls that were open at one time. */
    public synchronized int mostOpen() {
        return mostOpen;
    }

    /** Waits until the calls are as {@code expected} says; fails when they are not within {@code limit}. */
    public synchronized List<Call> await(Duration limit, Predicate<? super List<Call>> expected)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!expected.test(List.copyOf(calls.values()))) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("the calls did not become what was expected: " + calls.values());
            }
            wait(left);
        }
        return List.copyOf(calls.values());
    }

    /** Waits until no call is open. */
    public List<Call> awaitAllEnded(Duration limit) throws InterruptedException {
        return await(limit, all -> !all.isEmpty() && all.stream().noneMatch(call -> call.end() == End.OPEN));
    }

    synchronized JsonNode asJson() {
        return FakeJson.MAPPER
                .createObjectNode()
                .put("count", last)
                .put("open", openCalls.size())
                .put("most_open", mostOpen)
                .set("calls", array(calls.values()));
    }

    private static JsonNode array(Collection<Call> calls) {
        var array = FakeJson.MAPPER.createArrayNode();
        for (Call call : new ArrayList<>(calls)) {
            array.addObject()
                    .put("number", call.number)
                    .put("model", call.model)
                    .put("prompt", call.prompt)
                    .put("prefix", call.prefix)
                    .put("authorized", call.authorized)
                    .put("tokens", call.tokens)
                    .put("end", call.end.name())
                    .put("started_ms", call.startedMillis)
                    .put("ended_ms", call.endedMillis);
        }
        return array;
    }

    private long now() {
        return (System.nanoTime() - started) / 1_000_000;
    }
}
