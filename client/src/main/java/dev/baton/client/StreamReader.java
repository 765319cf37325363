package dev.baton.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gets a stream's events from the network into {@code ready}, one step at a time: a pause, a dial, or a read. It has no
 * thread and is used by one at a time.
 */
final class StreamReader {
    /** A read looks up now and then, so that an interrupt is seen. */
    private static final Duration READ_STEP = Duration.ofSeconds(1);

    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    /** The type of the event with which a node sends its clients away. */
    static final String RECONNECT = "reconnect";

    /** What dialling needs. */
    record Dialling(ClientSettings settings, NodeTurn turn, Backoff backoff) {}

    private final String chat;
    private final Line line;
    private final ClientSettings settings;
    private final NodeTurn turn;
    private final Backoff backoff;
    private final Queue<ChatEvent> ready;

    private @Nullable Open open;
    private boolean sentAway;
    private Duration silent = Duration.ZERO;
    private long dialAfter = System.nanoTime();
    private volatile Optional<String> trouble = Optional.empty();
    private final AtomicInteger connections = new AtomicInteger();

    /** An answer that is a stream, and what has been understood of it. */
    private record Open(Connection connection, Response response, EventParser parser) {}

    StreamReader(String chat, Line line, Dialling dialling, Queue<ChatEvent> ready) {
        this.chat = chat;
        this.line = line;
        this.settings = dialling.settings();
        this.turn = dialling.turn();
        this.backoff = dialling.backoff();
        this.ready = ready;
    }

    Optional<String> trouble() {
        return trouble;
    }

    int connections() {
        return connections.get();
    }

    /** Refused for now. */
    private static final class Passing extends IOException {
        private final Duration retryAfter;

        Passing(BatonException refusal, Duration retryAfter) {
            super(refusal.getMessage(), refusal);
            this.retryAfter = retryAfter;
        }
    }

    /**
     * Does the next step, at most for {@code limit}, for a stream that stands at {@code cursor}: all that was made ready
     * before has been handed out. Fails when the line is cut, and when trying again would change nothing.
     */
    void advance(String cursor, Duration limit) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (line.isCut()) {
            throw new ClosedException("the stream of chat " + chat + " was closed");
        }
        try {
            step(cursor, limit);
        } catch (Passing refusal) {
            failed(refusal, refusal.retryAfter);
        } catch (IOException failure) {
            failed(failure, Duration.ZERO);
        } catch (RuntimeException givenUp) {
            hangUp();
            throw givenUp;
        }
    }

    private void step(String cursor, Duration limit) throws IOException, InterruptedException {
        Open current = open;
        if (current != null) {
            read(current, limit);
            return;
        }
        long wait = dialAfter - System.nanoTime();
        if (wait > 0) {
            line.pause(shorter(Duration.ofNanos(wait), limit));
            return;
        }
        dial(cursor);
    }

    private void dial(String cursor) throws IOException {
        URI node = turn.next();
        Connection connection = line.dial(node, settings.limits().connect());
        boolean opened = false;
        try {
            connection.write(
                    request(cursor).to(node, settings.headers()),
                    settings.limits().answer());
            Response response = Response.of(connection, settings.limits().answer());
            requireStream(response, node);
            open = new Open(connection, response, new EventParser(this::arrived));
            opened = true;
        } finally {
            if (!opened) {
                line.hangUp(connection);
            }
        }
        connections.incrementAndGet();
        sentAway = false;
        silent = Duration.ZERO;
        trouble = Optional.empty();
    }

    private Request request(String cursor) {
        var headers = new HashMap<>(Map.of("Accept", "text/event-stream", "Cache-Control", "no-cache"));
        if (!cursor.isEmpty()) {
            headers.put("Last-Event-ID", cursor);
        }
        return new Request("GET", "/chats/" + chat + "/stream", headers, "");
    }

    private void requireStream(Response response, URI node) throws IOException {
        ResponseHead head = response.head();
        if (head.isGood()) {
            if (!head.isEventStream()) {
                throw new BatonException(head.status(), "", node + " answered with something that is no event stream");
            }
            return;
        }
        BatonException refusal = Problems.of(response, node, settings.limits().answer());
        if (!head.isPassing()) {
            throw refusal;
        }
        // The other nodes may do better at once; when none did, what they ask for counts.
        boolean all = (backoff.failures() + 1) % turn.known() == 0;
        throw new Passing(refusal, all ? head.retryAfter() : Duration.ZERO);
    }

    private void read(Open current, Duration limit) throws IOException {
        long before = System.nanoTime();
        Duration left = settings.limits().silence().minus(silent);
        Response.Progress progress =
                current.response().read(shorter(shorter(READ_STEP, limit), left), current.parser()::feed);
        switch (progress) {
            case CAME -> {
                silent = Duration.ZERO;
                backoff.reset();
                if (sentAway) {
                    hangUp();
                }
            }
            case NOTHING_YET -> {
                // Only time that was spent waiting counts: what came while nobody asked is there to be read.
                silent = silent.plusNanos(System.nanoTime() - before);
                if (silent.compareTo(settings.limits().silence()) >= 0) {
                    throw new IOException(current.connection().node() + " gave no sign of life for " + silent);
                }
            }
            case END -> throw new IOException(current.connection().node() + " ended the stream");
        }
    }

    private void arrived(ChatEvent event) {
        ready.add(event);
        if (event.type().equals(RECONNECT)) {
            sentAway = true;
            comeBackAfter(
                    shorter(Duration.ofMillis(event.data().path("delay_ms").asLong()), LONGEST_DELAY));
            trouble = Optional.of("a node sent its clients away");
        }
    }

    private void failed(IOException failure, Duration atLeast) {
        hangUp();
        Duration wait = backoff.afterFailure();
        comeBackAfter(wait.compareTo(atLeast) < 0 ? shorter(atLeast, LONGEST_DELAY) : wait);
        trouble = Optional.of(String.valueOf(failure.getMessage()));
    }

    private void comeBackAfter(Duration wait) {
        dialAfter = System.nanoTime() + wait.toNanos();
    }

    private void hangUp() {
        Open last = open;
        open = null;
        if (last != null) {
            line.hangUp(last.connection());
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
