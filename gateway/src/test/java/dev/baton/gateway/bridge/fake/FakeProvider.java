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
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A provider on 127.0.0.1 of Chat Completions, Anthropic Messages and OpenAI Responses that answers as {@link FakeWishes} says.
 *
 * <p>{@code POST <any>/chat/completions}, {@code <any>/messages} and {@code <any>/responses} (streamed or whole; with {@code
 * background} the answer is kept, can be streamed again from any event, and cancelled), {@code GET <any>/models}, {@code GET
 * /log}: every call with how it ended. As a process of its own: {@code FakeProvider [PORT]}; it prints {@code fake provider
 * http://127.0.0.1:PORT} when it is ready.
 */
public final class FakeProvider implements AutoCloseable {
    private static final int BACKLOG = 4096;
    private static final int MAX_COUNTED = 10_000;
    private static final Pattern KEPT =
            Pattern.compile(".*/responses/(resp_\\d+)(?:/(cancel)|\\?stream=true&starting_after=(\\d+))");
    private static final JsonNode NO_REQUEST = FakeJson.MAPPER.createObjectNode();

    private final ServerSocket server;
    private final String scheme;
    private final ExecutorService threads;
    private final FakeCallLog log = new FakeCallLog();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<String, FakeKept> kept = new ConcurrentHashMap<>();
    private final Map<Integer, JsonNode> bodies = new ConcurrentHashMap<>();
    private final Map<Integer, Map<String, String>> headers = new ConcurrentHashMap<>();
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

    /** How many there ever were. */
    public int connections() {
        return connections.get();
    }

    /** Ends the connections that wait for a request, and all others. */
    public void cutConnections() {
        sockets.forEach(FakeProvider::closeQuietly);
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
                connections.incrementAndGet();
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
        boolean post = request.method().equals("POST");
        if (post && request.path().endsWith("/chat/completions")) {
            return complete(http, request, FakeCompletions::new);
        }
        if (post && request.path().matches(".*/messages(\\?beta=true)?")) {
            return complete(http, request, FakeMessages::new);
        }
        if (post && request.path().endsWith("/responses")) {
            return complete(http, request, FakeResponses::new);
        }
        if (request.path().contains("/responses/")) {
            return keptAnswer(http, request);
        }
        if (post && request.path().endsWith("/messages/count_tokens")) {
            return reply(http, "200 OK", FakeJson.MAPPER.createObjectNode().put("input_tokens", 7));
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

    private boolean complete(
            FakeSocket http, FakeSocket.Request request, BiFunction<Integer, JsonNode, FakeDialect> dialects)
            throws IOException {
        JsonNode json = FakeJson.MAPPER.readTree(request.body());
        List<String> texts = dialects.apply(0, json).userTexts();
        String prompt = texts.isEmpty() ? "" : texts.get(texts.size() - 1);
        String model = json.path("model").asText("");
        int attempt = attempt(model + "\n" + String.join("\n", texts));
        int prefix = dialects.apply(0, json).prefix().length();
        int call = log.begin(model, prompt, prefix, !keyOf(request).isEmpty());
        bodies.put(call, json);
        headers.put(call, request.headers());
        headers.remove(call - MAX_COUNTED);
        bodies.remove(call - MAX_COUNTED);
        var wishes = new FakeWishes(model, prompt, attempt);
        FakeDialect dialect = dialects.apply(call, json);
        var fake = new FakeCall(http, log, call, wishes, dialect);
        return play(call, () -> {
            if (fake.refuses(json, keyOf(request))) {
                return true;
            }
            if (!json.path("stream").asBoolean()) {
                return fake.whole(dialect.whole(FakeText.of(prompt, wishes.tokens()), wishes.tokens()));
            }
            var answer = new FakeAnswer(
                    json.path("background").asBoolean() ? keep(call) : fake.body(), log, call, prompt, dialect, wishes);
            return json.path("background").asBoolean() ? make(call, answer, fake) : fake.stream(answer);
        });
    }

    private FakeKept keep(int call) {
        var answer = new FakeKept();
        kept.put(FakeResponses.id(call), answer);
        return answer;
    }

    /** The answer goes on when its client leaves. */
    private boolean make(int call, FakeAnswer answer, FakeCall fake) throws IOException {
        FakeKept whole = Objects.requireNonNull(kept.get(FakeResponses.id(call)));
        threads.execute(() -> {
            try {
                log.end(call, answer.play() ? FakeCallLog.End.WHOLE : FakeCallLog.End.REFUSED);
            } catch (IOException cancelled) {
                log.end(call, FakeCallLog.End.CANCELLED);
            } finally {
                whole.end();
            }
        });
        return fake.copy(whole, 0);
    }

    private boolean keptAnswer(FakeSocket http, FakeSocket.Request request) throws IOException {
        Matcher path = KEPT.matcher(request.path());
        FakeKept whole = path.matches() ? kept.get(path.group(1)) : null;
        if (whole == null) {
            return reply(http, "404 Not Found", FakeJson.error("there is no such response", "not_found"));
        }
        if (path.group(2) != null) {
            whole.cancel();
            return reply(http, "200 OK", FakeJson.MAPPER.createObjectNode().put("status", "cancelled"));
        }
        int after = Integer.parseInt(path.group(3));
        String prompt = "reattach " + path.group(1);
        int call = log.begin("", prompt, after, !keyOf(request).isEmpty());
        var fake = new FakeCall(http, log, call, new FakeWishes("", "", 1), new FakeResponses(call, NO_REQUEST));
        return play(call, () -> {
            boolean more = fake.copy(whole, after + 1);
            log.end(call, FakeCallLog.End.WHOLE);
            return more;
        });
    }

    /** What a call does to its connection. */
    private interface Play {
        boolean run() throws IOException;
    }

    private boolean play(int call, Play play) throws IOException {
        try {
            return play.run();
        } catch (FakeBody.CutException cut) {
            endUnlessKept(call, FakeCallLog.End.CUT);
            return false;
        } catch (IOException gone) {
            endUnlessKept(call, FakeCallLog.End.CANCELLED);
            throw gone;
        }
    }

    private void endUnlessKept(int call, FakeCallLog.End end) {
        if (!kept.containsKey(FakeResponses.id(call))) {
            log.end(call, end);
        }
    }

    private static String keyOf(FakeSocket.Request request) {
        return request.headers().getOrDefault("authorization", request.headers().getOrDefault("x-api-key", ""));
    }

    /** The body that call {@code number} came with. */
    public JsonNode body(int number) {
        return Objects.requireNonNull(bodies.get(number), "there was no such call");
    }

    /** The headers that call {@code number} came with, their names in lower case. */
    public Map<String, String> headers(int number) {
        return Objects.requireNonNull(headers.get(number), "there was no such call");
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
