package dev.baton.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Clients that watch chats over SSE, all of them on a few threads, so that they cost the machine less than what they
 * watch. A client whose stream ends comes back with its cursor, after the delay that it was told, until it is closed.
 */
final class Sockets implements AutoCloseable {
    private static final int THREADS = 3;
    private static final Duration AFTER_A_FAILURE = Duration.ofMillis(100);
    private static final Duration OPEN_LIMIT = Duration.ofSeconds(10);

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .executor(threads)
            .build();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger comeBack = new AtomicInteger();

    /** Watches {@code view}'s chat from where it has seen it, through the node that {@code nodes} names each time. */
    Socket watch(ChatView view, Supplier<URI> nodes) {
        var socket = new Socket(view, nodes);
        open.add(socket);
        socket.open();
        return socket;
    }

    /** How often a client had to come back. */
    int comeBack() {
        return comeBack.get();
    }

    @Override
    public void close() {
        open.forEach(Socket::close);
        timer.shutdownNow();
        threads.shutdownNow();
    }

    /** One client. */
    final class Socket implements Flow.Subscriber<String>, AutoCloseable {
        private final ChatView view;
        private final Supplier<URI> nodes;
        private final CompletableFuture<Void> opened = new CompletableFuture<>();
        private volatile boolean closed;
        private volatile Flow.@Nullable Subscription subscription;
        private volatile Duration delay = AFTER_A_FAILURE;

        private Socket(ChatView view, Supplier<URI> nodes) {
            this.view = view;
            this.nodes = nodes;
        }

        /** Completes when the node has answered: from then on nothing is missed. */
        CompletableFuture<Void> opened() {
            return opened;
        }

        private void open() {
            if (closed) {
                return;
            }
            URI stream = nodes.get().resolve("/api/v1/chats/" + view.chat() + "/stream");
            var request =
                    Token.on(HttpRequest.newBuilder(stream)).timeout(OPEN_LIMIT).header("Accept", "text/event-stream");
            if (!view.cursor().isEmpty()) {
                request.header("Last-Event-ID", view.cursor());
            }
            delay = AFTER_A_FAILURE;
            var unused = http.sendAsync(request.build(), BodyHandlers.fromLineSubscriber(this))
                    .whenComplete(this::answered);
        }

        /** The end of a body is told to the subscriber; only what never got so far is told here. */
        private void answered(@Nullable HttpResponse<Void> response, @Nullable Throwable failure) {
            if (failure != null && subscription == null) {
                comeBackLater();
            }
        }

        @Override
        public void onSubscribe(Flow.Subscription lines) {
            subscription = lines;
            opened.complete(null);
            lines.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            if (closed || !line.startsWith("data:")) {
                return;
            }
            try {
                JsonNode event = Api.JSON.readTree(line.substring("data:".length()));
                told(event);
            } catch (IOException broken) {
                // A line that was cut off with its connection: it comes again.
                delay = AFTER_A_FAILURE;
            }
        }

        private void told(JsonNode event) {
            if (event.path("type").asText().equals("reconnect")) {
                delay = Duration.ofMillis(event.path("delay_ms").asLong());
                return;
            }
            view.event(event, System.nanoTime());
        }

        @Override
        public void onError(Throwable failure) {
            comeBackLater();
        }

        @Override
        public void onComplete() {
            comeBackLater();
        }

        private void comeBackLater() {
            subscription = null;
            if (!closed) {
                comeBack.incrementAndGet();
                var unused = timer.schedule(this::open, delay.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        @Override
        public void close() {
            closed = true;
            open.remove(this);
            Flow.Subscription lines = subscription;
            if (lines != null) {
                lines.cancel();
            }
        }
    }
}
