package dev.baton.gateway.node;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.remote.RemoteTransportException;
import com.typesafe.config.Config;
import dev.baton.gateway.auth.AuthSettings;
import dev.baton.gateway.node.death.DeathProof;
import dev.baton.gateway.node.formation.MembershipSettings;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.DatabaseSettings;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One running node. */
public final class Node {
    /** The name of the actor system, and so of the cluster. */
    static final String SYSTEM = "baton";

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final Duration ABANDON_LIMIT = Duration.ofSeconds(30);

    private final ActorSystem<Void> system;
    private final Services services;
    private final Database database;

    private Node(ActorSystem<Void> system, Services services, Database database) {
        this.system = system;
        this.services = services;
        this.database = database;
    }

    /**
     * Starts a node and returns when it takes requests. Blocks. What is wrong with the configuration or the database is an
     * {@link IllegalArgumentException} or {@link IllegalStateException} that says so, and then nothing stays behind.
     */
    public static Node start(NodeOptions options) {
        Config config = NodeConfig.load(options);
        NodeSettings settings = NodeSettings.from(config);
        AuthSettings auth = AuthSettings.from(config);
        DeathProof deaths = DeathProof.open(config, settings.deathPort());
        Database database = opened(config, deaths);
        ActorSystem<Void> system = null;
        Membership membership = null;
        try {
            MembershipSettings membershipSettings = MembershipSettings.from(config);
            system = created(deaths.named(config), database);
            membership = Membership.of(system, database, deaths.port(), membershipSettings);
            var times = new PhaseTimes(System::nanoTime);
            closeAtTheEnd(system, membership, deaths, database, times);
            deaths.begin(system);
            membership.join(settings.startLimit());
            var services = Services.start(
                    system,
                    config,
                    () -> NodeConfig.load(options),
                    settings,
                    auth,
                    database,
                    deaths.signs(),
                    Clock.systemUTC(),
                    times);
            membership.reachableAt(url(services));
            return new Node(system, services, database);
        } catch (RuntimeException | Error failure) {
            // Whatever it was: a half-started node must not go on saying that it is there.
            abandon(system, membership, deaths, database);
            throw failure;
        }
    }

    /** Says where the node is and what it stands on; the process prints it when it takes requests. */
    public String readyLine() {
        return "baton ready %s node=%s database=%s"
                .formatted(
                        url(services),
                        Cluster.get(system).selfMember().address(),
                        database.dialect().name().toLowerCase(Locale.ROOT));
    }

    /** Where it takes requests. */
    public URI url() {
        return URI.create(url(services));
    }

    /** Leaves in order, as for a signal. */
    public CompletionStage<Done> leave() {
        return CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.clusterLeavingReason());
    }

    /** The journal lives in the database, so the database closes after the last actor; the process waits for that. */
    private static void closeAtTheEnd(
            ActorSystem<Void> system, Membership membership, DeathProof deaths, Database database, PhaseTimes times) {
        Runnable end = () -> {
            CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
            await(
                    system.getWhenTerminated(),
                    Duration.ofNanos(shutdown.totalTimeout().toNanos()));
            boolean inOrder = times.begun();
            times.begin("database");
            membership.close();
            deaths.close();
            database.close();
            times.end();
            if (inOrder) {
                LOG.info("the way down took {}", times.summary());
            }
        };
        Runtime.getRuntime().addShutdownHook(new Thread(end, "baton-last"));
    }

    private static Database opened(Config config, DeathProof deaths) {
        try {
            return Database.open(DatabaseSettings.from(config));
        } catch (RuntimeException failure) {
            deaths.close();
            throw failure;
        }
    }

    private static ActorSystem<Void> created(Config config, Database database) {
        try {
            return ActorSystem.create(Behaviors.<Void>empty(), SYSTEM, database.setup(config));
        } catch (RemoteTransportException failure) {
            Config canonical = config.getConfig("akka.remote.artery.canonical");
            throw new IllegalStateException(
                    "cannot listen on %s:%d for other nodes (--cluster-port): %s"
                            .formatted(canonical.getString("hostname"), canonical.getInt("port"), failure.getMessage()),
                    failure);
        }
    }

    private static String url(Services services) {
        return services.url();
    }

    /** How to open the page, for people. */
    public String pageLine() {
        return services.pageLine();
    }

    private static void abandon(
            @Nullable ActorSystem<Void> system, @Nullable Membership membership, DeathProof deaths, Database database) {
        if (system != null) {
            system.terminate();
            await(system.getWhenTerminated(), ABANDON_LIMIT);
        }
        if (membership != null) {
            membership.close();
        }
        deaths.close();
        database.close();
    }

    private static void await(CompletionStage<Done> end, Duration limit) {
        try {
            end.toCompletableFuture().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException stuck) {
            LOG.warn("the actor system did not end within {}", limit, stuck);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
