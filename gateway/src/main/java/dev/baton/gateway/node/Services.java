package dev.baton.gateway.node;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.ClusterSingleton;
import com.typesafe.config.Config;
import dev.baton.gateway.auth.Auth;
import dev.baton.gateway.auth.AuthSettings;
import dev.baton.gateway.auth.Callers;
import dev.baton.gateway.bridge.Bridge;
import dev.baton.gateway.bridge.BridgeSettings;
import dev.baton.gateway.bridge.health.ClusterHealth;
import dev.baton.gateway.bridge.limit.ClusterLimits;
import dev.baton.gateway.cluster.AskedNodes;
import dev.baton.gateway.cluster.NodeCounts;
import dev.baton.gateway.cluster.NodeReporter;
import dev.baton.gateway.door.DoorSettings;
import dev.baton.gateway.door.Turns;
import dev.baton.gateway.door.pass.Passing;
import dev.baton.gateway.http.Api;
import dev.baton.gateway.http.ApiParts;
import dev.baton.gateway.http.ApiSettings;
import dev.baton.gateway.http.ChatAccess;
import dev.baton.gateway.http.HttpServer;
import dev.baton.gateway.http.Readiness;
import dev.baton.gateway.metrics.BridgeMeters;
import dev.baton.gateway.metrics.ChatMeters;
import dev.baton.gateway.metrics.Metrics;
import dev.baton.gateway.metrics.SweepMeters;
import dev.baton.gateway.node.death.LossSigns;
import dev.baton.gateway.node.pause.GatedModels;
import dev.baton.gateway.node.pause.GatedStaleChats;
import dev.baton.gateway.node.pause.PauseGuard;
import dev.baton.gateway.node.split.SplitDowning;
import dev.baton.gateway.node.split.Verdicts;
import dev.baton.gateway.stream.ChatList;
import dev.baton.gateway.stream.ChatSources;
import dev.baton.gateway.stream.RunnerNodes;
import dev.baton.gateway.stream.RunnerNodes.RunnerNode;
import dev.baton.gateway.stream.Sockets;
import dev.baton.gateway.stream.StreamSettings;
import dev.baton.gateway.web.WebPages;
import dev.baton.persistence.chat.Decider;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.journal.ChatAsk;
import dev.baton.persistence.journal.ChatHost;
import dev.baton.persistence.journal.ChatSettings;
import dev.baton.persistence.journal.Chats;
import dev.baton.persistence.journal.CommitListeners;
import dev.baton.persistence.journal.JdbcChatJournal;
import dev.baton.persistence.journal.ShardedChats;
import dev.baton.persistence.parts.OrphanSweep;
import dev.baton.persistence.parts.PartSettings;
import dev.baton.persistence.parts.PartWriter;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.token.JdbcTokenTable;
import dev.baton.persistence.view.ChatReads;
import dev.baton.persistence.view.ChatRowWriter;
import dev.baton.persistence.view.ChatRows;
import dev.baton.persistence.view.ChatSweep;
import dev.baton.persistence.view.DatabaseTime;
import dev.baton.persistence.view.JdbcChatTable;
import dev.baton.persistence.view.MoveWriter;
import dev.baton.persistence.view.ViewFeed;
import dev.baton.persistence.view.ViewSettings;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.RunnerSupervisor;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.takeover.HoldCheck;
import dev.baton.runner.takeover.Sweeper;
import dev.baton.runner.task.Tasks;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Everything that runs on a node, made in the order in which it depends on each other. */
final class Services {
    /** For a statement about tokens: requests wait for it. */
    private static final Duration TOKEN_LIMIT = Duration.ofSeconds(5);

    private final String url;
    private final AuthSettings auth;

    private Services(String url, AuthSettings auth) {
        this.url = url;
        this.auth = auth;
    }

    /** Where clients and the other nodes find its API. */
    String url() {
        return url;
    }

    String pageLine() {
        String token = auth.localToken()
                .map(file -> "; a token for it is in " + file.normalize())
                .orElse("");
        return "open %s/ in a browser%s".formatted(url, token);
    }

    static Services start(
            ActorSystem<?> system,
            Config config,
            Supplier<Config> reread,
            NodeSettings settings,
            AuthSettings authSettings,
            Database database,
            LossSigns signs,
            Clock clock,
            PhaseTimes times) {
        NodeId self = Membership.self(system);
        var readiness = new Readiness();
        var runners = RunnerSettings.from(config);
        var view = ViewSettings.from(config);
        var metrics = new Metrics();
        database.measuredBy(metrics.registry());
        metrics.journal(database::fencedCommits);
        times.tell(metrics::phaseEnded);

        var sweeps = new SweepMeters(metrics.registry());
        var ledger = Ledger.start(system, config, database, self, clock, sweeps, metrics.registry());
        var bridgeMeters = new BridgeMeters(metrics.registry());
        var bridgeSettings = BridgeSettings.from(config);
        var bridge = Bridge.create(
                system,
                bridgeSettings,
                clock,
                ClusterHealth.start(system),
                bridgeMeters,
                ledger.around(),
                ClusterLimits.start(system, bridgeSettings.limits(), clock, UUID::randomUUID));
        var partSettings = PartSettings.from(config);
        PartWriter log = PartWriter.of(database, partSettings);
        var parts = spawn(
                system, PartBuffer.create(log, partSettings.publish(), runners.episode(), metrics.parts()), "parts");
        var chats = new ShardedChats(system);
        PauseGuard guard = pauseGuard(system, self, settings, database);
        metrics.pauses(guard::pauses, guard.gate()::isOpen);
        Chats gatedChats = (chat, command) -> guard.gate().pass(() -> chats.tell(chat, command));
        var databaseTime = new DatabaseTime(database, view);
        var tasks =
                new Tasks(gatedChats, parts, new GatedModels(bridge, guard.gate()), databaseTime::now, clock, runners);
        var supervisor = spawn(system, RunnerSupervisor.create(self, gatedChats, tasks, runners), "runners");

        RunnerNodes nodes = RunnerNodes.of(system, self, new RunnerNode(parts, supervisor));
        var placement = new Placement(self);
        var leavers = Placement.follow(system, placement);

        var list = ChatList.of(new ChatReads(new ChatRows(database, view), database.executor()));
        Auth auth = Auth.start(
                system, authSettings, new JdbcTokenTable(database, TOKEN_LIMIT), database.executor(), clock, chance());
        var sockets = Sockets.start(
                system,
                new ChatSources(chats, new JdbcChatJournal(system), list, nodes),
                auth.ends(),
                StreamSettings.from(config),
                () -> ThreadLocalRandom.current().nextDouble());

        var table = new JdbcChatTable(database.dataSource(), view);
        var rows = spawn(system, ChatRowWriter.create(table, database.executor(), view, sockets::rowsWritten), "rows");
        var chatMeters = new ChatMeters(metrics.registry());
        var moves = MoveRecord.start(
                system, config, database, new MoveWriter.Purge(sweeps::isHere, clock::instant), signs, chatMeters);
        var listeners = new CommitListeners(List.of(new ViewFeed(rows), moves.feed(), chatMeters));
        var decider = new Decider(Limits.from(config));
        var hints = spawn(system, HintRouter.create(self, nodes), "hints");
        chats.carry(new ChatHost(placement, clock, decider, hints, listeners, ChatSettings.from(config)));

        var stale = new GatedStaleChats(
                new JdbcStaleChats(new ChatSweep(database, view), database.executor()), guard.gate());
        spawn(system, QuickCoordinator.create(), "quick-coordinator");
        spawn(system, HoldCheck.create(self, stale, supervisor, runners), "hold-check");
        ClusterSingleton.get(system).init(Sweeper.singleton(stale, chats, runners, ledger.besides(sweeps)));

        spawn(system, OrphanSweep.create(log, partSettings, sweeps::isHere), "part-orphans");
        spawn(
                system,
                DatabaseProbe.create(databaseTime::now, readiness::database, settings.databaseProbe()),
                "database-probe");
        var counts = new NodeCounts(system, supervisor, sockets, chats::loaded);
        var asked = new ChatAsk(chats, system);
        var models = new CatalogModels(bridge::catalog);
        var ids = new ChatIds(clock);
        Callers callers = auth.callers();
        var apiSettings = ApiSettings.from(config);
        var turns = new Turns(
                new ChatAccess(asked, apiSettings.answerLimit(), readiness),
                new JdbcChatJournal(system),
                sockets,
                models,
                readiness,
                ids,
                system);
        var api = new Api(
                new ApiParts(
                        asked,
                        list,
                        sockets,
                        nodes,
                        new AskedNodes(system),
                        moves.reads()::page,
                        auth.tokens(),
                        ledger.reads(),
                        ledger.budgets(),
                        metrics.registry(),
                        metrics.page(
                                () -> {
                                    bridgeMeters.stands(bridge.providers());
                                    return counts.now();
                                },
                                () -> ask(system, rows, ChatRowWriter.CountPending::new)),
                        models,
                        new NodeProviders(bridge, reread),
                        readiness,
                        ids,
                        self,
                        clock),
                callers,
                system,
                apiSettings,
                List.of(
                        DoorRoutes.of(
                                turns,
                                new Passing(bridge, auth.ends()),
                                models,
                                callers,
                                DoorSettings.from(config),
                                metrics.registry(),
                                system),
                        WebPages.load().route()));
        HttpServer server = listen(system, settings, api);
        String url = httpUrl(server.address(), system);
        spawn(
                system,
                NodeReporter.create(
                        new NodeReporter.About(self, url, version(), clock.instant()), sweeps::isHere, counts::now),
                NodeReporter.NAME);

        Runnable session = server.hold("the bridge's session in this process");
        ShutdownGraph.declare(
                system,
                new ShutdownGraph.Steps(
                        () -> {
                            readiness.drain();
                            server.sayGoodbye();
                        },
                        new Step(
                                "runners",
                                () -> wasDeclaredDown(system)
                                        ? guard.endEffects()
                                        : Placement.leave(leavers, system)
                                                .thenCompose(
                                                        heard -> drained(supervisor, settings.drainLimit(), system)),
                                () -> ask(system, supervisor, RunnerSupervisor.WhatIsLeft::new)),
                        Step.of(
                                "bridge",
                                () -> bridge.close().whenComplete((done, failure) -> session.run()),
                                () -> bridge.openCalls() + " model calls"),
                        Step.of("unbind", server::unbind, () -> "the port"),
                        new Step("sockets", () -> sockets.drain(settings.socketLimit()), sockets::open),
                        Step.of("connections", () -> server.drain(settings.requestLimit()), server::open),
                        new Step(
                                "rows",
                                () -> moves.close(settings.drainLimit())
                                        .thenCombine(
                                                AskPattern.<ChatRowWriter.Command, Done>ask(
                                                        rows,
                                                        ChatRowWriter.Close::new,
                                                        settings.drainLimit(),
                                                        system.scheduler()),
                                                (one, other) -> one)
                                        .thenCombine(log.close(), (one, other) -> one)
                                        .thenCombine(auth.close(), (one, other) -> one)
                                        .thenCombine(ledger.close(), (one, other) -> one),
                                () -> ask(system, rows, ChatRowWriter.CountPending::new)
                                        .thenApply(count -> "the rows of " + count + " chats"))),
                times);
        spawn(
                system,
                VitalActors.watching(
                        List.of(supervisor, parts, rows, hints, leavers, auth.news()),
                        () -> CoordinatedShutdown.get(system).runAll(VitalActors.VitalActorEnded.REASON)),
                "vital-actors");
        spawn(
                system,
                OwnLeave.watching(
                        () -> CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.clusterLeavingReason())),
                "own-leave");
        return new Services(url, authSettings);
    }

    /** A node that listens on all its addresses is found where the others find it. */
    private static String httpUrl(InetSocketAddress address, ActorSystem<?> system) {
        String host = address.getAddress().isAnyLocalAddress()
                ? Cluster.get(system).selfMember().address().getHost().orElse("127.0.0.1")
                : address.getHostString();
        return "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, address.getPort());
    }

    private static Auth.Chance chance() {
        var random = new SecureRandom();
        return new Auth.Chance(
                () -> {
                    var bytes = new byte[Auth.Chance.BYTES];
                    random.nextBytes(bytes);
                    return bytes;
                },
                UUID::randomUUID);
    }

    /** As the jar's manifest names it. */
    private static String version() {
        String version = Services.class.getPackage().getImplementationVersion();
        return version == null ? "not packaged" : version;
    }

    private static PauseGuard pauseGuard(ActorSystem<?> system, NodeId self, NodeSettings settings, Database database) {
        Verdicts verdicts = SplitDowning.verdicts(database);
        PauseGuard guard = PauseGuard.start(settings.pauseLimit(), () -> verdicts.goesOn(self));
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseActorSystemTerminate(), "pause-guard", guard::end);
        return guard;
    }

    /** What such a node had runs elsewhere, so it has nothing to let go of. */
    private static boolean wasDeclaredDown(ActorSystem<?> system) {
        return CoordinatedShutdown.get(system)
                .getShutdownReason()
                .filter(CoordinatedShutdown.clusterDowningReason()::equals)
                .isPresent();
    }

    private static <T> ActorRef<T> spawn(ActorSystem<?> system, Behavior<T> behavior, String name) {
        return system.systemActorOf(behavior, name, Props.empty());
    }

    private static CompletionStage<Done> drained(
            ActorRef<RunnerSupervisor.Command> supervisor, Duration limit, ActorSystem<?> system) {
        return AskPattern.<RunnerSupervisor.Command, RunnerSupervisor.Drained>ask(
                        supervisor, RunnerSupervisor.Drain::new, limit, system.scheduler())
                .thenApply(drained -> Done.getInstance());
    }

    private static <C, A> CompletionStage<A> ask(
            ActorSystem<?> system, ActorRef<C> actor, Function<ActorRef<A>, C> question) {
        return AskPattern.ask(actor, question::apply, StepSequence.SLOW, system.scheduler());
    }

    private static HttpServer listen(ActorSystem<?> system, NodeSettings settings, Api api) {
        try {
            return HttpServer.listen(system, settings.host(), settings.port(), api.route())
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
