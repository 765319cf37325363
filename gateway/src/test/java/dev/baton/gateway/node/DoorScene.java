package dev.baton.gateway.node;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import dev.baton.gateway.auth.Caller;
import dev.baton.gateway.auth.Callers;
import dev.baton.gateway.auth.Endings;
import dev.baton.gateway.auth.Role;
import dev.baton.gateway.auth.TokenEnds;
import dev.baton.gateway.bridge.AroundCalls;
import dev.baton.gateway.bridge.Bridge;
import dev.baton.gateway.bridge.BridgeMeter;
import dev.baton.gateway.bridge.BridgeSettings;
import dev.baton.gateway.bridge.health.SharedHealth;
import dev.baton.gateway.bridge.limit.OwnerLimits;
import dev.baton.gateway.door.DoorSettings;
import dev.baton.gateway.door.Turns;
import dev.baton.gateway.door.pass.Passing;
import dev.baton.gateway.http.ChatAccess;
import dev.baton.gateway.http.HttpServer;
import dev.baton.gateway.http.Models;
import dev.baton.gateway.http.Readiness;
import dev.baton.gateway.stream.ChatSources;
import dev.baton.gateway.stream.MemoryChats;
import dev.baton.gateway.stream.MemoryList;
import dev.baton.gateway.stream.MemoryPartLog;
import dev.baton.gateway.stream.RunnerNodes;
import dev.baton.gateway.stream.Sockets;
import dev.baton.gateway.stream.StreamSettings;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Ending;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Step;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.journal.ChatAsk;
import dev.baton.persistence.parts.PartSettings;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.RunnerSupervisor;
import dev.baton.runner.episode.PartBuffer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All doors on a port of their own, over chats in memory whose runner is the test. */
final class DoorScene implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    record Answer(int status, HttpResponse<?> response, JsonNode body) {
        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    final ActorTestKit kit = ActorTestKit.create();
    final MemoryChats chats = new MemoryChats(kit);
    final Sockets sockets;
    final Bridge bridge;
    final Accounts accounts = new Accounts();
    final TokenEnds ends;
    private final ActorRef<PartBuffer.Command> parts = kit.spawn(PartBuffer.create(
            new MemoryPartLog(),
            PartSettings.Publish.DURABLE,
            new RunnerSettings.Episode(1 << 20, Duration.ofMinutes(1)),
            count -> {}));
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HttpServer server;
    private final AtomicLong ids = new AtomicLong();

    DoorScene() {
        this("");
    }

    /** {@code providers}: what stands in {@code baton.bridge}. */
    DoorScene(String providers) {
        ActorRef<RunnerSupervisor.Command> supervisor = kit.spawn(Behaviors.ignore());
        RunnerNodes nodes = RunnerNodes.only(new RunnerNodes.RunnerNode(parts, supervisor));
        var list = new MemoryList();
        bridge = Bridge.create(
                kit.system(),
                BridgeSettings.from(ConfigFactory.parseString("baton.bridge {\n" + providers + "\n}")
                        .withFallback(ConfigFactory.defaultReference())),
                Clock.fixed(MemoryChats.NOW, ZoneOffset.UTC),
                SharedHealth.ALONE,
                BridgeMeter.NONE,
                new Bridge.Around(AroundCalls.NOTHING, accounts),
                OwnerLimits.NONE);
        ends = new TokenEnds(
                Clock.fixed(MemoryChats.NOW, ZoneOffset.UTC),
                (delay, work) -> kit.system()
                        .scheduler()
                        .scheduleOnce(delay, work, kit.system().executionContext()));
        sockets = Sockets.start(
                kit.system(), new ChatSources(chats, chats, list, nodes), ends, streamSettings(), () -> 0.5);
        var readiness = new Readiness();
        var models = new OneModel();
        var turns = new Turns(
                new ChatAccess(new ChatAsk(chats, kit.system()), Duration.ofSeconds(5), readiness),
                chats,
                sockets,
                models,
                readiness,
                () -> new ChatId(new UUID(1, ids.incrementAndGet())),
                kit.system());
        var settings = new DoorSettings(64 << 10, Duration.ofSeconds(5), Duration.ofMillis(100));
        server = get(HttpServer.listen(
                kit.system(),
                "127.0.0.1",
                0,
                DoorRoutes.of(turns, new Passing(bridge, ends), models, callers(), settings, meters, kit.system())));
    }

    private static Callers callers() {
        return request -> {
            String owner = request.getHeader("Authorization")
                    .or(() -> request.getHeader("x-api-key"))
                    .map(header -> header.value().replaceFirst("^Bearer ?", ""))
                    .orElse("");
            return owner.isEmpty()
                    ? CompletableFuture.failedFuture(new ChatException(ErrorCode.UNAUTHENTICATED, "a token is missing"))
                    : CompletableFuture.completedFuture(new Caller(owner, Role.USER, owner, null));
        };
    }

    private static StreamSettings streamSettings() {
        return new StreamSettings(
                256,
                128,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                Duration.ofMillis(10),
                Duration.ofMillis(200),
                Duration.ofHours(1),
                Duration.ofMillis(50));
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    Answer post(String path, String body) {
        return call("POST", path, body);
    }

    Answer call(String method, String path, @Nullable String body, String... headers) {
        return get(start(method, path, body, headers));
    }

    /** For what is answered when the test has done more. */
    CompletableFuture<Answer> start(String method, String path, @Nullable String body, String... headers) {
        return client.sendAsync(request(method, path, body, headers), BodyHandlers.ofString())
                .thenApply(response -> new Answer(response.statusCode(), response, json(response.body())));
    }

    int port() {
        return server.address().getPort();
    }

    private HttpRequest request(String method, String path, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.address().getPort() + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        request.setHeader("Authorization", "Bearer ada");
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException noJson) {
            return MAPPER.missingNode();
        }
    }

    static boolean isJson(String text) {
        return !json(text).isMissingNode();
    }

    void revoke(String token) {
        Endings.revoke(ends, token);
    }

    /** A stream as it is open. */
    static final class Events implements AutoCloseable {
        private final BufferedReader lines;

        Events(BufferedReader lines) {
            this.lines = lines;
        }

        /** The data of the next event; null at the end. */
        @Nullable
        String next() {
            try {
                String line = lines.readLine();
                while (line != null && !line.startsWith("data: ")) {
                    line = lines.readLine();
                }
                return line == null ? null : line.substring("data: ".length());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        /** All data up to the end; when nothing was streamed, the only line there is. */
        List<String> everything() {
            try {
                return lines.lines()
                        .filter(line -> line.startsWith("data: ") || line.startsWith("{"))
                        .map(line -> line.startsWith("data: ") ? line.substring("data: ".length()) : line)
                        .toList();
            } catch (UncheckedIOException failure) {
                throw new AssertionError("the connection was cut", failure);
            }
        }

        /** All data up to the end. */
        List<String> rest() {
            var all = new ArrayList<String>();
            for (String data = next(); data != null; data = next()) {
                all.add(data);
            }
            return all;
        }

        @Override
        public void close() {
            try {
                lines.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    Events stream(String method, String path, @Nullable String body, String... headers) {
        HttpResponse<java.io.InputStream> response =
                get(client.sendAsync(request(method, path, body, headers), BodyHandlers.ofInputStream()));
        return new Events(new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
    }

    /** Asks for a stream, reads the beginning of it and closes the connection. */
    void ask(String path, String body) {
        ask(path, body, answer -> {
            var lines = new BufferedReader(new InputStreamReader(answer, StandardCharsets.UTF_8));
            String line = lines.readLine();
            while (line != null && !line.startsWith("data: ")) {
                line = lines.readLine();
            }
        });
    }

    /** Asks, and closes the connection once {@code begun} holds of {@code chat}. */
    void askAndGo(String path, String body, ChatId chat, java.util.function.Predicate<ChatState> begun) {
        ask(path, body, answer -> {
            var unused = await(chat, begun);
        });
    }

    private interface Reader {
        void read(java.io.InputStream answer) throws IOException;
    }

    private void ask(String path, String body, Reader reader) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "POST %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ada\r\n".formatted(path)
                + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n".formatted(bytes.length);
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().write(bytes);
            reader.read(socket.getInputStream());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The chat that was made as the {@code number}th without a key. */
    ChatId chat(int number) {
        return new ChatId(new UUID(1, number));
    }

    /** Returns when {@code isThere} holds of the chat, which another thread is about to change. */
    ChatState await(ChatId chat, java.util.function.Predicate<ChatState> isThere) {
        var probe = kit.<Object>createTestProbe();
        return probe.awaitAssert(Duration.ofSeconds(15), () -> {
            ChatState state = chats.state(chat);
            if (!isThere.test(state)) {
                throw new AssertionError("the chat is at " + state.status() + ", version " + state.version());
            }
            return state;
        });
    }

    void say(ChatId chat, String... words) {
        ChatState state = chats.state(chat);
        var answers = kit.<Object>createTestProbe();
        parts.tell(new PartBuffer.Open(state.episode(), 1, answers.ref().narrow()));
        answers.receiveMessage();
        parts.tell(new PartBuffer.Append(
                state.episode(),
                Stream.of(words).<Part>map(Part.Text::new).toList(),
                null,
                answers.ref().narrow()));
        answers.receiveMessage();
    }

    void finish(ChatId chat, int lastSeq, Part... content) {
        ChatState state = chats.state(chat);
        chats.execute(chat, new ChatCommand.FinishTurn(MemoryChats.fence(state), step(lastSeq, content)));
    }

    /** The model had more to say. */
    void finish(ChatId chat, Ending ending, Part... content) {
        ChatState state = chats.state(chat);
        Step step = step(0, content);
        chats.execute(
                chat,
                new ChatCommand.FinishTurn(
                        MemoryChats.fence(state),
                        new Step(step.role(), step.content(), step.usage(), step.lastSeq(), ending)));
    }

    void call(ChatId chat, Part.ToolCall... calls) {
        ChatState state = chats.state(chat);
        chats.execute(
                chat,
                new ChatCommand.RequireAction(
                        MemoryChats.fence(state), step(0, calls), MemoryChats.NOW.plusSeconds(60)));
    }

    private static Step step(long lastSeq, Part... content) {
        return new Step(dev.baton.persistence.chat.Role.ASSISTANT, List.of(content), new Usage(10, 4, 3, 2), lastSeq);
    }

    static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static final class OneModel implements Models {
        private static final Model MODEL = new Model("simulated/default", "simulated", "default", null);

        @Override
        public Model defaultModel() {
            return MODEL;
        }

        @Override
        public List<Model> all() {
            return List.of(MODEL);
        }

        @Override
        public Model named(String name) {
            if (!name.equals(MODEL.id())) {
                throw Models.unknown("no provider has a model named " + name);
            }
            return MODEL;
        }
    }
}
