package dev.baton.gateway.node.formation;

import akka.actor.Address;
import akka.actor.AddressFromURIString;
import akka.actor.typed.ActorSystem;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.JoinSeedNodes;
import dev.baton.gateway.node.death.LifeCheck.Verdict;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.membership.NodeRow;
import dev.baton.persistence.membership.NodeTable;
import dev.baton.persistence.schema.DatabaseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings a node into the cluster that stands on its database, or forms one when none lives. Blocks its caller's thread. */
public final class Formation {
    private static final Logger LOG = LoggerFactory.getLogger(Formation.class);
    /** Long enough for nodes to answer; then the call is made again, since some may have died or come. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Asking the same nodes anew ends what is under way with them. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final int MOST_THREADS = 16;

    private final Cluster cluster;
    private final Registration registration;
    private final NodeTable table;
    private final LifeChecks checks;
    private final RollCall roll;
    private Set<Address> asked = Set.of();
    private long askedAt;

    /** Whether a life is still there. Blocks, for a limited time. */
    @FunctionalInterface
    public interface LifeChecks {
        Verdict of(NodeId life, int deathPort);
    }

    public Formation(ActorSystem<?> system, Registration registration, LifeChecks checks, MembershipSettings settings) {
        this.cluster = Cluster.get(system);
        this.registration = registration;
        this.table = registration.table();
        this.checks = checks;
        this.roll = new RollCall(registration.self(), settings.silentAfter());
    }

    /** Returns when {@code up}, this node's being up, has come about; fails with the reason when it does not in time. */
    public void join(Future<?> up, Duration limit) throws InterruptedException {
        long start = System.nanoTime();
        ExecutorService threads = Executors.newFixedThreadPool(MOST_THREADS, Formation::daemon);
        try {
            String reason = tryOnce(threads);
            while (!isDone(up, PAUSE)) {
                if (System.nanoTime() - start > limit.toNanos()) {
                    throw new IllegalStateException(
                            "the node did not become a member of its cluster within " + limit + ": " + reason);
                }
                reason = tryOnce(threads);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Returns why the node is not up, should it stay so. */
    private String tryOnce(ExecutorService threads) {
        if (cluster.state().getMembers().iterator().hasNext()) {
            return "it was let in, but the members do not agree on it: "
                    + cluster.state().getMembers();
        }
        try {
            registration.register();
            NodeTable.Nodes nodes = table.read();
            RollCall.Outcome outcome = roll.call(nodes, verdicts(nodes.rows(), threads));
            outcome.dead().forEach(table::remove);
            take(outcome.step());
            return outcome.step().reason();
        } catch (DatabaseException away) {
            LOG.debug("cannot look for the cluster now", away);
            return String.valueOf(away.getMessage());
        }
    }

    private void take(RollCall.Step step) {
        if (step instanceof RollCall.JoinAt join) {
            join(join.nodes());
        } else if (step instanceof RollCall.FormOne form && table.form(registration.self(), form.after())) {
            LOG.info("no cluster lives on this database; node {} forms one", registration.self());
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        } else if (step instanceof RollCall.GoOnForming) {
            cluster.manager().tell(Join.create(cluster.selfMember().address()));
        }
    }

    private void join(List<NodeRow> nodes) {
        var addresses = new LinkedHashSet<Address>();
        nodes.forEach(row -> addresses.add(AddressFromURIString.parse(row.node().address())));
        long now = System.nanoTime();
        if (!addresses.equals(asked) || now - askedAt > PATIENCE.toNanos()) {
            asked = Set.copyOf(addresses);
            askedAt = now;
            cluster.manager().tell(new JoinSeedNodes(List.copyOf(addresses)));
        }
    }

    private Map<NodeId, Verdict> verdicts(List<NodeRow> rows, ExecutorService threads) {
        var asked = new HashMap<NodeId, CompletableFuture<Verdict>>();
        for (NodeRow row : rows) {
            if (!row.node().equals(registration.self())) {
                int port = row.presence().deathPort();
                asked.put(row.node(), CompletableFuture.supplyAsync(() -> checks.of(row.node(), port), threads));
            }
        }
        var verdicts = new HashMap<NodeId, Verdict>();
        asked.forEach((node, verdict) -> verdicts.put(node, verdict.join()));
        return verdicts;
    }

    private static boolean isDone(Future<?> up, Duration limit) throws InterruptedException {
        try {
            up.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the node cannot join a cluster", failure.getCause());
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "baton-formation");
        thread.setDaemon(true);
        return thread;
    }
}
