package dev.baton.gateway.bridge.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * A provider of Chat Completions on 127.0.0.1 that answers as {@link FakeWishes} says.
 *
 * <p>{@code POST <any>/chat/completions} (streamed only), {@code GET <any>/models}, {@code GET /log}: every call with
 * how it ended. As a process of its own: {@code FakeProvider [PORT]}; it prints {@code fake provider
 * http://127.0.0.1:PORT} when it is ready.
 */
public final class FakeProvider implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final int MAX_COUNTED = 10_000;

    private final ServerSocket server;
    private final String scheme;
    private final ExecutorService threads;
    private final FakeCallLog log = new FakeCallLog();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> attempts = new LinkedHashMap<>();

    private FakeProvider(ServerSocket server, String scheme) {
        this.server = server;
        this.scheme = scheme;
        this.threads = Executors.newCachedThreadPool(work -> {
            var thread = new Thread(work, "fake-provider");
            thread.setDaemon(true);
            return thread;
        });
        threads.execute(this::accept);
    }

    /** Runs until the process is ended. */
    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws InterruptedException {
        FakeProvider provider = start(args.length == 0 ? 0 : Integer.parseInt(args[0]));
        System.out.println("fake provider " + provider.url());
        provider.threads.awaitTermination(Long.MAX_VALUE, TimeUnit.DAYS);
    }

    /** On a free port. */
    public static FakeProvider start() {
        return start(0);
    }

    public static FakeProvider start(int port) {
        try {
            return new FakeProvider(new ServerSocket(port, BACKLOG, loopback()), "http");
        } catch (IOException notBound) {
            throw new UncheckedIOException(notBound);
        }
    }

    /** Behind TLS, on a free port. */
    public static FakeProvider start(SSLContext tls) {
        try {
            return new FakeProvider(tls.getServerSocketFactory().createServerSocket(0, BACKLOG, loopback()), "https");
        } catch (IOException notBound) {
            throw new UncheckedIOException(notBound);
        }
    }

    public URI url() {
        return URI.create(scheme + "://127.0.0.1:" + server.getLocalPort());
    }

    /** What belongs into {@code base-url}. */
    public URI baseUrl() {
        return url().resolve("/v1");
    }

    public FakeCallLog log() {
        return log;
    }

    /** Cuts all connections and waits for their threads. */
    @Override
    public void close() {
        closeQuietly(server);
        sockets.forEach(FakeProvider::closeQuietly);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the fake provider's threads did not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
                if (server.isClosed()) {
                    closeQuietly(socket);
                }
            }
        } catch (IOException | RejectedExecutionException closed) {
            sockets.forEach(FakeProvider::closeQuietly);
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var http = new FakeSocket(socket);
            boolean more = true;
            while (more) {
                var request = http.read();
                more = request.isPresent() && answer(http, request.get());
            }
        } catch (IOException gone) {
            // a client that leaves is an everyday event; the call's end is in the log
        } finally {
            sockets.remove(socket);
        }
    }

    private boolean answer(FakeSocket http, FakeSocket.Request request) throws IOException {
        if (request.method().equals("POST") && request.path().endsWith("/chat/completions")) {
            return complete(http, request);
        }
        if (request.path().equals("/log")) {
            return reply(http, "200 OK", log.asJson());
        }
        if (request.path().endsWith("/models")) {
            var models = FakeJson.MAPPER.createObjectNode().put("object", "list");
            models.putArray("data").addObject().put("id", "fake-20-50").put("object", "model");
            return reply(http, "200 OK", models);
        }
        return reply(http, "404 Not Found", FakeJson.error("there is nothing at " + request.path(), null));
    }

    private boolean complete(FakeSocket http, FakeSocket.Request request) throws IOException {
        JsonNode json = FakeJson.MAPPER.readTree(request.body());
        if (!json.path("stream").asBoolean()) {
            return reply(http, "400 Bad Request", FakeJson.error("stream must be true", null));
        }
        List<String> texts = FakeJson.userTexts(json);
        String prompt = texts.isEmpty() ? "" : texts.get(texts.size() - 1);
        String model = json.path("model").asText("");
        String authorization = request.headers().getOrDefault("authorization", "");
        int attempt = attempt(model + "\n" + String.join("\n", texts));
        int call = log.begin(model, prompt, FakeJson.prefix(json).length(), !authorization.isEmpty());
        var answer = new FakeAnswer(http, log, call, prompt, json, new FakeWishes(model, prompt, attempt));
        try {
            return answer.play(authorization);
        } catch (FakeBody.CutException cut) {
            log.end(call, FakeCallLog.End.CUT);
            return false;
        } catch (IOException gone) {
            log.end(call, FakeCallLog.End.CANCELLED);
            throw gone;
        }
    }

    private int attempt(String conversation) {
        synchronized (attempts) {
            if (attempts.size() > MAX_COUNTED) {
                attempts.remove(attempts.keySet().iterator().next());
            }
            return attempts.merge(conversation, 1, Integer::sum);
        }
    }

    private static boolean reply(FakeSocket http, String status, JsonNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        http.write("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
                + "\r\n\r\n");
        http.write(bytes, 0, bytes.length);
        http.flush();
        return true;
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception closed) {
            // it is closed either way
        }
    }
}
