package dev.baton.docs.process;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A client that asks and sends all the time, at any node in turn, and tries what fails once more at the next one. */
final class SteadyClient implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final List<ChatApi> nodes;
    private final String chat;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger retries = new AtomicInteger();
    private final List<String> sent = new CopyOnWriteArrayList<>();
    private final List<String> failures = new CopyOnWriteArrayList<>();

    private SteadyClient(List<ChatApi> nodes, String chat) {
        this.nodes = nodes;
        this.chat = chat;
    }

    /** Talks about {@code chat}, which nobody else talks to. */
    static SteadyClient start(List<Ports> ports, String chat) {
        List<ChatApi> nodes = ports.stream()
                .map(node -> new ChatApi(URI.create("http://127.0.0.1:" + node.http())))
                .toList();
        var client = new SteadyClient(nodes, chat);
        var unused = client.thread.scheduleWithFixedDelay(client::request, 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        return client;
    }

    private void request() {
        int number = requests.getAndIncrement();
        if (number % 5 != 0) {
            twice(number, "GET", "/chats/" + chat, "");
            return;
        }
        String text = "message %d, words=1 rate=0".formatted(number);
        boolean isSent = twice(
                number,
                "POST",
                "/chats/" + chat + "/messages",
                "{\"content\":\"%s\",\"client_message_id\":\"m%d\"}".formatted(text, number));
        if (isSent) {
            sent.add(text);
        }
    }

    private boolean twice(int number, String method, String path, String body) {
        var problems = new ArrayList<String>();
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                ChatApi node = nodes.get((number + attempt) % nodes.size());
                ChatApi.Answer answer = node.send(method, path, body.isEmpty() ? null : body);
                if (answer.status() < 300) {
                    retries.addAndGet(attempt);
                    return true;
                }
                problems.add(answer.status() + " " + answer.body());
                if (answer.status() != SERVICE_UNAVAILABLE) {
                    break;
                }
            } catch (UncheckedIOException broken) {
                problems.add(String.valueOf(broken.getCause()));
            } catch (RuntimeException unexpected) {
                problems.add(unexpected.toString());
                break;
            }
        }
        failures.add("request %d, %s %s: %s".formatted(number, method, path, problems));
        return false;
    }

    /** What failed twice. */
    List<String> failures() {
        return failures;
    }

    /** The texts that some node has accepted. */
    List<String> sent() {
        return sent;
    }

    @Override
    public String toString() {
        return "%d requests, %d tried twice, %d failed".formatted(requests.get(), retries.get(), failures.size());
    }

    /** Returns when the last request has ended. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(60, TimeUnit.SECONDS)) {
                failures.add("the last request did not end");
                thread.shutdownNow();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
