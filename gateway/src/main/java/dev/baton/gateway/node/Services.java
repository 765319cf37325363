package dev.baton.gateway.node;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.ClusterSingleton;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import com.typesafe.config.Config;
import dev.baton.gateway.bridge.Bridge;
import dev.baton.gateway.bridge.BridgeSettings;
import dev.baton.gateway.cluster.AskedNodes;
import dev.baton.gateway.cluster.NodeCounts;
import dev.baton.gateway.cluster.NodeReporter;
import dev.baton.gateway.cluster.SweeperPlace;
import dev.baton.gateway.http.Api;
import dev.baton.gateway.http.ApiParts;
import dev.baton.gateway.http.ApiSettings;
import dev.baton.gateway.http.Identity;
import dev.baton.gateway.http.Readiness;
import dev.baton.gateway.stream.ChatList;
import dev.baton.gateway.stream.ChatSources;
import dev.baton.gateway.stream.RunnerNodes;
import dev.baton.gateway.stream.RunnerNodes.RunnerNode;
import dev.baton.gateway.stream.Sockets;
import dev.baton.gateway.stream.StreamSettings;
import dev.baton.gateway.web.WebPages;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.Decider;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.journal.ChatAsk;
import dev.baton.persistence.journal.ChatHost;
import dev.baton.persistence.journal.ChatSettings;
import dev.baton.persistence.journal.JdbcChatJournal;
import dev.baton.persistence.journal.ShardedChats;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.view.ChatReads;
import dev.baton.persistence.view.ChatRowWriter;
import dev.baton.persistence.view.ChatRows;
import dev.baton.persistence.view.ChatSweep;
import dev.baton.persistence.view.DatabaseTime;
import dev.baton.persistence.view.JdbcChatTable;
import dev.baton.persistence.view.ViewFeed;
import dev.baton.persistence.view.ViewSettings;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.RunnerSupervisor;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.takeover.Sweeper;
import dev.baton.runner.task.Tasks;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Everything that runs on a node, made in the order in which it depends on each other. */
final class Services {
    private final ServerBinding binding;

    private Services(ServerBinding binding) {
        this.binding = binding;
    }

    InetSocketAddress address() {
        return binding.localAddress();
    }

    static Services start(ActorSystem<?> system, Config config, NodeSettings settings, Database database, Clock clock) {
        NodeId self = Membership.self(system);
        var readiness = new Readiness();
        var runners = RunnerSettings.from(config);
        var view = ViewSettings.from(config);

        var bridge = Bridge.create(system, BridgeSettings.from(config), clock);
        var parts = spawn(system, PartBuffer.create(runners.episode()), "parts");
        var chats = new ShardedChats(system);
        var databaseTime = new DatabaseTime(database, view);
        var tasks = new Tasks(chats, parts, bridge, databaseTime::now, clock, runners);
        var supervisor = spawn(system, RunnerSupervisor.create(self, chats, tasks, runners), "runners");

        var list = ChatList.of(new ChatReads(new ChatRows(database, view), database.executor()));
        var sockets = Sockets.start(
                system,
                new ChatSources(
                        chats,
                        new JdbcChatJournal(system),
                        list,
                        RunnerNodes.of(system, self, new RunnerNode(parts, supervisor))),
                StreamSettings.from(config),
                () -> ThreadLocalRandom.current().nextDouble());

        var table = new JdbcChatTable(database.dataSource(), view);
        var rows = spawn(system, ChatRowWriter.create(table, database.executor(), view, sockets::rowsWritten), "rows");
        var decider = new Decider(Limits.from(config));
        var hints = spawn(system, observing(supervisor), "hints");
        chats.carry(new ChatHost(self, clock, decider, hints, new ViewFeed(rows), ChatSettings.from(config)));

        var stale = new JdbcStaleChats(new ChatSweep(database, view), database.executor());
        var sweeper = new SweeperPlace();
        ClusterSingleton.get(system).init(Sweeper.singleton(stale, chats, runners, sweeper));

        spawn(
                system,
                DatabaseProbe.create(databaseTime::now, readiness::database, settings.databaseProbe()),
                "database-probe");
        var api = new Api(
                new ApiParts(
                        new ChatAsk(chats, system),
                        list,
                        sockets,
                        supervisor,
                        new AskedNodes(system),
                        new CatalogModels(bridge.catalog()),
                        readiness,
                        new ChatIds(clock),
                        self,
                        clock),
                request -> Optional.of(Identity.LOCAL),
                system,
                ApiSettings.from(config),
                List.of(WebPages.load().route()));
        ServerBinding binding = bind(system, settings, api);
        spawn(
                system,
                NodeReporter.create(
                        new NodeReporter.About(self, httpUrl(binding), version(), clock.instant()),
                        sweeper::isHere,
                        new NodeCounts(system, supervisor, sockets, chats::loaded)::now),
                NodeReporter.NAME);

        ShutdownGraph.declare(
                CoordinatedShutdown.get(system),
                new ShutdownGraph.Steps(
                        readiness::drain,
                        () -> drained(supervisor, settings.drainLimit(), system),
                        bridge::close,
                        binding::unbind,
                        () -> sockets.drain(settings.socketLimit()),
                        () -> binding.terminate(settings.requestLimit()).thenApply(ended -> Done.getInstance()),
                        () -> AskPattern.ask(
                                rows, ChatRowWriter.Close::new, settings.drainLimit(), system.scheduler())));
        spawn(
                system,
                VitalActors.watching(
                        List.of(supervisor, parts, rows, hints),
                        () -> CoordinatedShutdown.get(system).runAll(VitalActors.VitalActorEnded.REASON)),
                "vital-actors");
        spawn(
                system,
                OwnLeave.watching(
                        () -> CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.clusterLeavingReason())),
                "own-leave");
        return new Services(binding);
    }

    private static String httpUrl(ServerBinding binding) {
        InetSocketAddress address = binding.localAddress();
        return "http://%s:%d".formatted(address.getHostString(), address.getPort());
    }

    /** As the jar's manifest names it. */
    private static String version() {
        String version = Services.class.getPackage().getImplementationVersion();
        return version == null ? "not packaged" : version;
    }

    private static <T> ActorRef<T> spawn(ActorSystem<?> system, Behavior<T> behavior, String name) {
        return system.systemActorOf(behavior, name, Props.empty());
    }

    /** Chats know nothing of runners; what they tell becomes what a supervisor understands. */
    private static Behavior<ChatHint> observing(ActorRef<RunnerSupervisor.Command> supervisor) {
        return Behaviors.receiveMessage(hint -> {
            supervisor.tell(new RunnerSupervisor.Observed(hint));
            return Behaviors.same();
        });
    }

    private static CompletionStage<Done> drained(
            ActorRef<RunnerSupervisor.Command> supervisor, Duration limit, ActorSystem<?> system) {
        return AskPattern.<RunnerSupervisor.Command, RunnerSupervisor.Drained>ask(
                        supervisor, RunnerSupervisor.Drain::new, limit, system.scheduler())
                .thenApply(drained -> Done.getInstance());
    }

    private static ServerBinding bind(ActorSystem<?> system, NodeSettings settings, Api api) {
        try {
            return Http.get(system)
                    .newServerAt(settings.host(), settings.port())
                    .bind(api.route())
                    .toCompletableFuture()
                    .get(settings.startLimit().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException failure) {
            Throwable cause = failure.getCause() == null ? failure : failure.getCause();
            throw new IllegalStateException(
                    "cannot listen on %s:%d: %s".formatted(settings.host(), settings.port(), cause.getMessage()),
                    cause);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while binding the port", stop);
        }
    }
}
