package dev.baton.gateway.http;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.baton.gateway.auth.Caller;
import dev.baton.gateway.auth.MemoryTokenTable;
import dev.baton.gateway.auth.TestAuth;
import dev.baton.gateway.bridge.Bridge;
import dev.baton.gateway.bridge.BridgeSettings;
import dev.baton.gateway.bridge.Route;
import dev.baton.gateway.stream.ChatList;
import dev.baton.gateway.stream.ChatSources;
import dev.baton.gateway.stream.MemoryChats;
import dev.baton.gateway.stream.RunnerNodes;
import dev.baton.gateway.stream.Sockets;
import dev.baton.gateway.stream.StreamSettings;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatLimits;
import dev.baton.persistence.chat.Decider;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.ChatAsk;
import dev.baton.persistence.journal.ChatHost;
import dev.baton.persistence.journal.ChatSettings;
import dev.baton.persistence.journal.Chats;
import dev.baton.persistence.journal.JdbcChatJournal;
import dev.baton.persistence.parts.PartSettings;
import dev.baton.persistence.parts.PartWriter;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.DatabaseSettings;
import dev.baton.persistence.view.ChatReads;
import dev.baton.persistence.view.ChatRowWriter;
import dev.baton.persistence.view.ChatRows;
import dev.baton.persistence.view.DatabaseTime;
import dev.baton.persistence.view.JdbcChatTable;
import dev.baton.persistence.view.ViewFeed;
import dev.baton.persistence.view.ViewSettings;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.RunnerSupervisor;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.task.Tasks;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** The API over everything that is real but the cluster: chats, runners, the simulated model and H2 in a directory. */
final class DatabaseScene implements HttpScene, AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Database database;
    private final ActorTestKit kit;
    private final ServerBinding binding;

    DatabaseScene(Path directory) {
        Config config = ConfigFactory.parseMap(Map.of(
                        "baton.database.url",
                        "jdbc:h2:file:" + directory.resolve("baton"),
                        "baton.database.h2-sync",
                        false,
                        "baton.stream.page",
                        3))
                .withFallback(ConfigFactory.load());
        Clock clock = Clock.systemUTC();
        database = Database.open(DatabaseSettings.from(config));
        kit = ActorTestKit.create(ActorSystem.create(Behaviors.empty(), "node", database.setup(config)));
        ActorSystem<Void> system = kit.system();

        var views = ViewSettings.from(config);
        var runners = RunnerSettings.from(config);
        var bridge = Bridge.create(system, BridgeSettings.from(config), clock);
        var partSettings = PartSettings.from(config);
        var parts = kit.spawn(
                PartBuffer.create(
                        PartWriter.of(database, partSettings), partSettings.publish(), runners.episode(), count -> {}),
                "parts");
        var chats = new LocalChats(kit);
        var time = new DatabaseTime(database, views);
        var supervisor = kit.spawn(
                RunnerSupervisor.create(
                        MemoryChats.NODE, chats, new Tasks(chats, parts, bridge, time::now, clock, runners), runners),
                "runners");
        var list = ChatList.of(new ChatReads(new ChatRows(database, views), database.executor()));
        var sockets = Sockets.start(
                system,
                new ChatSources(
                        chats,
                        new JdbcChatJournal(system),
                        list,
                        RunnerNodes.only(new RunnerNodes.RunnerNode(parts, supervisor))),
                TestAuth.endless(),
                StreamSettings.from(config),
                () -> 0.5);
        var writer = kit.spawn(
                ChatRowWriter.create(
                        new JdbcChatTable(database.dataSource(), views),
                        database.executor(),
                        views,
                        sockets::rowsWritten),
                "rows");
        ActorRef<ChatHint> hints = kit.spawn(Behaviors.receiveMessage(hint -> {
            supervisor.tell(new RunnerSupervisor.Observed(hint));
            return Behaviors.same();
        }));
        chats.host.complete(new ChatHost(
                chat -> Optional.of(MemoryChats.NODE),
                clock,
                new Decider(new ChatLimits(20, 250, 50, 100, 200)),
                hints,
                new ViewFeed(writer),
                ChatSettings.from(config)));
        var api = new Api(
                new ApiParts(
                        new ChatAsk(chats, system),
                        list,
                        sockets,
                        RunnerNodes.only(new RunnerNodes.RunnerNode(parts, supervisor)),
                        new TwoNodes(),
                        new TwoNodes(),
                        TestAuth.of(system, new MemoryTokenTable(), false).tokens(),
                        new OneCall(),
                        new MemoryBudgets(),
                        new SimpleMeterRegistry(),
                        () -> CompletableFuture.completedFuture(""),
                        new OneModel(bridge),
                        new OneProvider(),
                        new Readiness(),
                        () -> new ChatId(UUID.randomUUID()),
                        MemoryChats.NODE,
                        clock),
                request -> CompletableFuture.completedFuture(Caller.LOCAL),
                system,
                ApiSettings.from(config),
                List.of());
        binding = ApiScene.get(
                Http.get(Adapter.toClassic(system)).newServerAt("127.0.0.1", 0).bind(api.route()));
    }

    @Override
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + binding.localAddress().getPort() + path);
    }

    @Override
    public HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
        database.close();
    }

    /** Chats that all stand here. */
    private static final class LocalChats implements Chats {
        private final ActorTestKit kit;
        private final CompletableFuture<ChatHost> host = new CompletableFuture<>();
        private final Map<ChatId, ActorRef<Chat.Command>> entities = new ConcurrentHashMap<>();

        LocalChats(ActorTestKit kit) {
            this.kit = kit;
        }

        @Override
        public void tell(ChatId chat, Chat.Command command) {
            entities.computeIfAbsent(
                            chat,
                            id -> kit.spawn(
                                    Chat.create(id, host.join(), kit.system().ignoreRef())))
                    .tell(command);
        }
    }

    private record OneModel(Bridge bridge) implements Models {
        @Override
        public Model defaultModel() {
            Route route = bridge.catalog().defaultModel();
            return new Model(
                    route.name(), route.first().provider(), route.first().model(), null);
        }

        @Override
        public List<Model> all() {
            return List.of(defaultModel());
        }

        @Override
        public Model named(String name) {
            return defaultModel();
        }
    }
}
