package dev.baton.gateway.node;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import dev.baton.gateway.node.death.LifeCheck;
import dev.baton.gateway.node.formation.Formation;
import dev.baton.gateway.node.formation.MembershipSettings;
import dev.baton.gateway.node.formation.Registrar;
import dev.baton.gateway.node.formation.Registration;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.membership.JdbcNodeTable;
import dev.baton.persistence.membership.NodeState;
import dev.baton.persistence.membership.Presence;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.Dialect;
import dev.baton.runner.takeover.Members;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A node's place in its cluster, and its row in the database that tells others of it. */
final class Membership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final Duration LAST_WRITE = Duration.ofSeconds(2);

    private final ActorSystem<?> system;
    private final Database database;
    private final MembershipSettings settings;
    private final Registration registration;

    private Membership(
            ActorSystem<?> system, Database database, MembershipSettings settings, Registration registration) {
        this.system = system;
        this.database = database;
        this.settings = settings;
        this.registration = registration;
    }

    /** Starts nothing yet. */
    static Membership of(ActorSystem<?> system, Database database, int deathPort, MembershipSettings settings) {
        var table = new JdbcNodeTable(database, settings.queryLimit());
        var self = new Presence(self(system), deathPort, NodeState.JOINING, Optional.empty());
        return new Membership(system, database, settings, new Registration(table, self));
    }

    /** Joins the seeds, or the cluster that stands on the database, or forms one; returns when the node is up. */
    void join(Duration limit) {
        var up = new CompletableFuture<Void>();
        var watcher = system.systemActorOf(
                Behaviors.<SelfUp>setup(context -> Behaviors.receiveMessage(self -> {
                    up.complete(null);
                    return Behaviors.stopped();
                })),
                "self-up",
                Props.empty());
        Cluster.get(system).subscriptions().tell(new Subscribe<>(watcher, SelfUp.class));
        ActorRef<Registrar.Command> registrar = system.systemActorOf(
                Registrar.create(registration, database.executor(), settings.refresh()), "registrar", Props.empty());
        CoordinatedShutdown.get(system).addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "say-leaving", () -> {
            registrar.tell(new Registrar.Say(presence -> presence.in(NodeState.LEAVING)));
            return CompletableFuture.completedFuture(Done.getInstance());
        });
        try {
            if (system.settings()
                    .config()
                    .getStringList("akka.cluster.seed-nodes")
                    .isEmpty()) {
                new Formation(system, registration, lifeChecks(), settings).join(up, limit);
            }
            up.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException late) {
            throw new IllegalStateException(
                    "the node did not become a member of its cluster within " + limit + ": none of its seeds let it in",
                    late);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while joining the cluster", stop);
        }
        registrar.tell(new Registrar.Say(presence -> presence.in(NodeState.UP)));
    }

    /** Tells others where clients reach this node. */
    void reachableAt(String url) {
        registration.say(presence -> presence.at(url));
    }

    /** The embedded database lets one process in, so whoever else is in it has ended. */
    private Formation.LifeChecks lifeChecks() {
        return database.dialect() == Dialect.H2 ? (life, port) -> LifeCheck.Verdict.DEAD : LifeCheck::of;
    }

    /** This life of this node. */
    static NodeId self(ActorSystem<?> system) {
        return Members.nodeOf(Cluster.get(system).selfMember().uniqueAddress());
    }

    /** Removes the row, after the last actor and before the database closes. A row that stays is found dead by others. */
    @Override
    public void close() {
        if (registration.isClosed()) {
            return;
        }
        try {
            CompletableFuture.runAsync(registration::close, database.executor())
                    .get(LAST_WRITE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException failure) {
            LOG.info("node {}: its row in the database stays behind: {}", self(system), failure.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
