package dev.baton.gateway.http;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.typesafe.config.ConfigFactory;
import dev.baton.gateway.auth.Auth;
import dev.baton.gateway.auth.Caller;
import dev.baton.gateway.auth.MemoryTokenTable;
import dev.baton.gateway.auth.Role;
import dev.baton.gateway.auth.TestAuth;
import dev.baton.gateway.auth.Tokens;
import dev.baton.gateway.cluster.NodeReport.Counts;
import dev.baton.gateway.metrics.Metrics;
import dev.baton.gateway.stream.ChatSources;
import dev.baton.gateway.stream.MemoryChats;
import dev.baton.gateway.stream.MemoryList;
import dev.baton.gateway.stream.MemoryPartLog;
import dev.baton.gateway.stream.RunnerNodes;
import dev.baton.gateway.stream.Sockets;
import dev.baton.gateway.stream.StreamSettings;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.journal.ChatAsk;
import dev.baton.persistence.parts.PartSettings;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.RunnerSupervisor;
import dev.baton.runner.episode.PartBuffer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The API on a port of its own, over chats in memory, and a client that keeps all answers. */
final class ApiScene implements HttpScene, AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What the server said to {@code method} at {@code path}. {@code body}: missing when it is no JSON. */
    record Answer(String method, String path, int status, HttpHeaders headers, JsonNode body) {
        String code() {
            return body.path("code").asText();
        }

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }
    }

    final ActorTestKit kit = ActorTestKit.create(
            ConfigFactory.parseString("akka.http.server { remote-address-attribute = on, parsing.error-handler = "
                            + ParsingProblems.class.getName() + " }")
                    .withFallback(ConfigFactory.load()));
    final MemoryChats chats = new MemoryChats(kit);
    final MemoryList list = new MemoryList();
    final Metrics metrics = new Metrics();
    Counts counts = new Counts(0, 0, 0, 0, 0);
    final TwoNodes cluster = new TwoNodes();
    final OneProvider providers = new OneProvider();
    final Readiness readiness = new Readiness();
    final ActorRef<PartBuffer.Command> parts = kit.spawn(PartBuffer.create(
            new MemoryPartLog(),
            PartSettings.Publish.DURABLE,
            new RunnerSettings.Episode(1 << 20, Duration.ofMinutes(1)),
            count -> {}));
    final MemoryTokenTable tokens = new MemoryTokenTable();
    final Auth auth;
    final Sockets sockets;
    final Api api;
    final List<Answer> answers = new ArrayList<>();
    final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    final HttpServer server;
    private final AtomicLong ids = new AtomicLong();

    ApiScene() {
        this(stream(Duration.ofSeconds(30), Duration.ofSeconds(60)));
    }

    ApiScene(StreamSettings stream) {
        this(stream, Access.EVERYBODY);
    }

    /** One where each request needs a token. */
    static ApiScene withTokens() {
        return new ApiScene(stream(Duration.ofSeconds(30), Duration.ofSeconds(60)), Access.USERS);
    }

    /** One where the user at the machine needs no token. */
    static ApiScene atHome() {
        return new ApiScene(stream(Duration.ofSeconds(30), Duration.ofSeconds(60)), Access.OPERATORS);
    }

    /** {@code access}: who needs no token: everybody, nobody, or the user at the machine. */
    private ApiScene(StreamSettings stream, Access access) {
        auth = TestAuth.of(kit.system(), tokens, access == Access.OPERATORS);
        ActorRef<RunnerSupervisor.Command> supervisor = kit.spawn(supervisor());
        sockets = Sockets.start(
                kit.system(),
                new ChatSources(chats, chats, list, RunnerNodes.only(new RunnerNodes.RunnerNode(parts, supervisor))),
                auth.ends(),
                stream,
                () -> 0.5);
        api = new Api(
                new ApiParts(
                        new ChatAsk(chats, kit.system()),
                        list,
                        sockets,
                        RunnerNodes.only(new RunnerNodes.RunnerNode(parts, supervisor)),
                        cluster,
                        cluster,
                        auth.tokens(),
                        new OneCall(),
                        new MemoryBudgets(),
                        metrics.registry(),
                        metrics.page(
                                () -> CompletableFuture.completedFuture(counts),
                                () -> CompletableFuture.completedFuture(0)),
                        new TwoModels(),
                        providers,
                        readiness,
                        () -> new ChatId(new UUID(1, ids.incrementAndGet())),
                        MemoryChats.NODE,
                        Clock.fixed(MemoryChats.NOW, ZoneOffset.UTC)),
                access == Access.EVERYBODY ? ApiScene::believed : auth.callers(),
                kit.system(),
                new ApiSettings(
                        256 << 10,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(1),
                        Set.of("https://app.example.com")),
                List.of());
        server = get(HttpServer.listen(kit.system(), "127.0.0.1", 0, api.route()));
    }

    private static CompletionStage<Caller> believed(akka.http.javadsl.model.HttpRequest request) {
        return CompletableFuture.completedFuture(request.getHeader("X-Owner")
                .map(header -> new Caller(header.value(), Role.USER, header.value(), null))
                .orElse(Caller.LOCAL));
    }

    /** A new token, made by an operator. */
    Tokens.Made token(String owner, Role role) {
        return get(auth.tokens().create(new Tokens.NewToken(owner, role, owner, null), Caller.LOCAL));
    }

    static StreamSettings stream(Duration keepAlive, Duration stallLimit) {
        return stream(keepAlive, stallLimit, Duration.ofHours(1));
    }

    static StreamSettings stream(Duration keepAlive, Duration stallLimit, Duration maxAge) {
        return new StreamSettings(
                256,
                128,
                keepAlive,
                stallLimit,
                Duration.ofSeconds(5),
                Duration.ofMillis(10),
                Duration.ofMillis(200),
                maxAge,
                Duration.ofMillis(50));
    }

    private static Behavior<RunnerSupervisor.Command> supervisor() {
        return Behaviors.receive(RunnerSupervisor.Command.class)
                .onMessage(RunnerSupervisor.Explain.class, explain -> {
                    explain.replyTo()
                            .tell(new RunnerSupervisor.Explanation(
                                    explain.chat(), 1, "streams the answer", 0, 1, 100, false));
                    return Behaviors.same();
                })
                .onAnyMessage(other -> Behaviors.same())
                .build();
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
        metrics.close();
    }

    @Override
    public HttpClient client() {
        return client;
    }

    int port() {
        return server.address().getPort();
    }

    @Override
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    Answer get(String path) {
        return call("GET", path, null);
    }

    Answer post(String path, @Nullable String body) {
        return call("POST", path, body);
    }

    Answer patch(String path, String body) {
        return call("PATCH", path, body);
    }

    /** {@code headers}: names and values in turn; without a Content-Type a body is JSON. */
    Answer call(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri("/api/v1" + path))
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        HttpResponse<String> response = send(request.build());
        var answer = new Answer(method, path, response.statusCode(), response.headers(), json(response.body()));
        answers.add(answer);
        return answer;
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failure) {
            throw new AssertionError("no answer to " + request, failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", stop);
        }
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException noJson) {
            return MissingNode.getInstance();
        }
    }

    /** A chat that has nothing to do, made by the API. */
    String chat() {
        return post("/chats", "{}").body().path("id").asText();
    }

    /** A chat whose first turn runs. */
    String runningChat() {
        return post("/chats", "{\"message\":{\"content\":\"hello\"}}")
                .body()
                .path("id")
                .asText();
    }

    static ChatId id(String chat) {
        return ChatId.parse(chat).orElseThrow();
    }

    ChatState state(String chat) {
        return chats.state(id(chat));
    }

    ChatState execute(String chat, ChatCommand command) {
        return chats.execute(id(chat), command);
    }

    ChatState finish(String chat, String answer) {
        ChatState state = state(chat);
        return execute(chat, new ChatCommand.FinishTurn(MemoryChats.fence(state), MemoryChats.step(answer, 0)));
    }

    static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** Two models at one provider. */
    private static final class TwoModels implements Models {
        private static final Model DEFAULT = new Model("simulated/default", "simulated", "default", null);
        private static final Model LARGE = new Model("simulated/large", "simulated", "large", 8192);

        @Override
        public Model defaultModel() {
            return DEFAULT;
        }

        @Override
        public List<Model> all() {
            return List.of(DEFAULT, LARGE);
        }

        @Override
        public Model named(String name) {
            return all().stream()
                    .filter(model -> model.id().equals(name) || model.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> Models.unknown("no provider has a model named " + name));
        }
    }
}
