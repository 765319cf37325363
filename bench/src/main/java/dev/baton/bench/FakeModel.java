package dev.baton.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A provider in this process that speaks OpenAI Chat Completions. Each of its words is the time when it was sent, by this
 * process's clock for durations, so that whoever reads it here knows how long it was under way. The message says how many
 * and how fast: {@code tokens=40 every=50} (ms; 0 = as fast as they are taken).
 */
final class FakeModel implements AutoCloseable {
    private static final Pattern WISH = Pattern.compile("tokens=(\\d+) every=(\\d+)");
    private static final String CHUNK =
            "data: {\"id\":\"f\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{\"content\":\"%d \"},\"finish_reason\":null}]}\n\n";
    private static final String END =
            "data: {\"id\":\"f\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,"
                    + "\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":%d}}\n\n"
                    + "data: [DONE]\n\n";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private FakeModel(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    static FakeModel start() throws IOException {
        // As providers do: else the JDK's server holds the first word of a kept connection back for some 40 ms (Nagle).
        System.setProperty("sun.net.httpserver.nodelay", "true");
        return new FakeModel(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024));
    }

    String baseUrl() {
        return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode messages = Api.JSON.readTree(exchange.getRequestBody()).path("messages");
        Matcher wish = WISH.matcher(messages.path(messages.size() - 1).toString());
        if (!wish.find()) {
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream body = exchange.getResponseBody()) {
            say(body, Integer.parseInt(wish.group(1)), TimeUnit.MILLISECONDS.toNanos(Long.parseLong(wish.group(2))));
        }
    }

    private static void say(OutputStream body, int tokens, long every) throws IOException {
        long begun = System.nanoTime();
        for (int token = 0; token < tokens; token++) {
            long due = begun + token * every;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            body.write(CHUNK.formatted(System.nanoTime()).getBytes(StandardCharsets.UTF_8));
            body.flush();
        }
        body.write(END.formatted(tokens).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
