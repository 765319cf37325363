package dev.baton.persistence.budget;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.ledger.Asker;
import dev.baton.persistence.ledger.CallEnd;
import dev.baton.persistence.ledger.CallId;
import dev.baton.persistence.ledger.CallStart;
import dev.baton.persistence.ledger.LedgerReads;
import dev.baton.persistence.ledger.LedgerSettings;
import dev.baton.persistence.ledger.LedgerWriter;
import dev.baton.persistence.ledger.Outcome;
import dev.baton.persistence.ledger.Target;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.TestDatabase;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What budgets must do on every database, with two nodes. */
abstract class BudgetsContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
    private static final Payer ADA = new Payer(Payer.Kind.OWNER, "ada|lovelace");
    private static final Payer GROUP = new Payer(Payer.Kind.GROUP, "research");
    private static final Config CONFIG = ConfigFactory.parseString("""
                    akka.actor.provider = cluster
                    akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                    akka.cluster.jmx.multi-mbeans-in-same-jvm = on
                    akka.cluster {
                      periodic-tasks-initial-delay = 100ms
                      gossip-interval = 100ms
                      leader-actions-interval = 100ms
                      sharding { number-of-shards = 4, retry-interval = 100ms, waiting-for-state-timeout = 500ms }
                    }
                    akka.coordinated-shutdown.exit-jvm = off
                    """).withFallback(ConfigFactory.load());
    private static final String NEVER_CHECK = "{ check-interval = 1h, answer-limit = 20s, refresh = 0 }";

    private final TestDatabase database = create();
    private final Deque<ActorSystem<?>> nodes = new ArrayDeque<>();
    private final Database ledgerDatabase = database.open();
    private final LedgerWriter ledger = LedgerWriter.of(ledgerDatabase, LedgerSettings.from(CONFIG));

    abstract TestDatabase create();

    @AfterEach
    void drop() {
        get(ledger.close());
        while (!nodes.isEmpty()) {
            stop(nodes.pop());
        }
        database.close();
    }

    @Test
    void neverReservesMoreThanThereIsForAHundredAtOnce() {
        List<Budgets> both = List.of(node(NEVER_CHECK), node(NEVER_CHECK));
        get(both.get(0).put(budget(ADA, 10)));
        assertThat(granted(both, 0)).isEqualTo(10);
        assertThat(granted(both, 1_000)).isZero();
        Budgets.Standing full = get(both.get(1).of(ADA)).orElseThrow();
        assertThat(full.reserved().tokens()).isEqualTo(10);
        assertThat(full.spent().tokens()).isZero();
    }

    /** How many of a hundred calls at once, on both nodes, may be made. */
    private static long granted(List<Budgets> nodes, int first) {
        List<CompletionStage<Optional<Budgets.Refusal>>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(nodes.get(i % 2).reserve(call(first + i), ADA.name(), () -> tokens(1)));
        }
        return answers.stream().filter(answer -> get(answer).isEmpty()).count();
    }

    @Test
    void givesBackWhatACallDidNotSpend() {
        Budgets budgets = node(NEVER_CHECK);
        get(budgets.put(budget(ADA, 10)));
        assertThat(get(budgets.reserve(call(1), ADA.name(), () -> tokens(8)))).isEmpty();
        assertThat(get(budgets.reserve(call(2), ADA.name(), () -> tokens(8)))).isPresent();
        budgets.settle(call(1), tokens(3));
        budgets.settle(call(1), tokens(3));
        Budgets.Standing standing = await(budgets, ADA, now -> now.reserved().tokens() == 0);
        assertThat(standing.spent().tokens()).isEqualTo(3);
        assertThat(get(budgets.reserve(call(3), ADA.name(), () -> tokens(7)))).isEmpty();
    }

    @Test
    void whoPaysFromSeveralBudgetsNeedsEachOfThem() {
        Budgets budgets = node(NEVER_CHECK);
        get(budgets.put(budget(ADA, 100)));
        get(budgets.put(
                new Budget(GROUP, Window.MONTH, new Limit(new BigDecimal("1.5"), null), Set.of(ADA.name(), "bob"))));
        var coin = new Amount(BigDecimal.ONE, 1);
        assertThat(get(budgets.reserve(call(1), "bob", () -> coin))).isEmpty();
        Budgets.Refusal refusal =
                get(budgets.reserve(call(2), ADA.name(), () -> coin)).orElseThrow();
        assertThat(refusal.budget().payer()).isEqualTo(GROUP);
        assertThat(refusal.window()).isEqualTo("2026-03");
        assertThat(refusal.reserved().cost()).isEqualByComparingTo("1");
        budgets.settle(call(2), Amount.NOTHING);
        await(budgets, ADA, now -> now.reserved().tokens() == 0);
        assertThat(get(budgets.reserve(call(3), "somebody else", () -> coin))).isEmpty();
        assertThat(get(budgets.all())).hasSize(2);
    }

    @Test
    void countsWhatWasSpentBeforeTheBudgetWasSet() {
        made(call(1), new Usage(5, 3, 0, 0));
        Budgets budgets = node(NEVER_CHECK);
        assertThat(get(budgets.put(budget(ADA, 10))).spent().tokens()).isEqualTo(8);
        assertThat(get(budgets.reserve(call(2), ADA.name(), () -> tokens(3)))).isPresent();
        assertThat(get(budgets.reserve(call(3), ADA.name(), () -> tokens(2)))).isEmpty();
    }

    @Test
    void asksTheLedgerForTheEndsThatItNeverHeardOf() {
        Budgets budgets = node("{ check-interval = 100ms, answer-limit = 20s, refresh = 0 }");
        get(budgets.put(budget(ADA, 10)));
        begun(call(1));
        assertThat(get(budgets.reserve(call(1), ADA.name(), () -> tokens(8)))).isEmpty();
        ended(call(1), new Usage(2, 2, 0, 0));
        Budgets.Standing standing = await(budgets, ADA, now -> now.reserved().tokens() == 0);
        assertThat(standing.spent().tokens()).isEqualTo(4);
    }

    @Test
    void remembersInAnotherLife() {
        Budgets first = node(NEVER_CHECK);
        get(first.put(budget(ADA, 10)));
        assertThat(get(first.reserve(call(1), ADA.name(), () -> tokens(6)))).isEmpty();
        stop(nodes.pop());
        Budgets second = node(NEVER_CHECK);
        assertThat(get(second.reserve(call(2), ADA.name(), () -> tokens(6)))).isPresent();
        assertThat(get(second.reserve(call(3), ADA.name(), () -> tokens(4)))).isEmpty();
    }

    @Test
    void aBudgetThatIsRemovedRefusesNobody() {
        Budgets budgets = node(NEVER_CHECK);
        get(budgets.put(budget(ADA, 1)));
        assertThat(get(budgets.reserve(call(1), ADA.name(), () -> tokens(2)))).isPresent();
        assertThat(get(budgets.remove(ADA))).isTrue();
        assertThat(get(budgets.remove(ADA))).isFalse();
        assertThat(get(budgets.reserve(call(2), ADA.name(), () -> tokens(2)))).isEmpty();
        assertThat(get(budgets.of(ADA))).isEmpty();
    }

    private Budgets node(String settings) {
        Database own = database.open();
        ActorSystem<?> system = ActorSystem.create(Behaviors.empty(), "budgets", own.setup(CONFIG));
        Cluster cluster = Cluster.get(system);
        cluster.manager()
                .tell(new Join(
                        nodes.isEmpty()
                                ? cluster.selfMember().address()
                                : Cluster.get(nodes.peek()).selfMember().address()));
        nodes.push(system);
        return Budgets.start(
                system,
                own,
                new LedgerReads(own, LedgerSettings.from(CONFIG)),
                BudgetSettingsTest.settings(settings),
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static void stop(ActorSystem<?> system) {
        system.terminate();
        get(system.getWhenTerminated());
    }

    private void made(UUID call, Usage usage) {
        begun(call);
        ended(call, usage);
    }

    private void begun(UUID call) {
        get(ledger.start(new CallStart(
                new CallId(call),
                new Asker(ADA.name(), null, Asker.CHAT, null, null),
                new Target("m", "p", "m", null),
                new NodeId("node"),
                NOW,
                List.of())));
    }

    private void ended(UUID call, @Nullable Usage usage) {
        get(ledger.end(new CallEnd(
                new CallId(call), Outcome.DONE, null, null, new Target("m", "p", "m", null), usage, NOW, List.of())));
    }

    /** What is told to an account has no answer, so it is asked until it is so. */
    private static Budgets.Standing await(Budgets budgets, Payer payer, Predicate<Budgets.Standing> wanted) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        Budgets.Standing now = get(budgets.of(payer)).orElseThrow();
        while (!wanted.test(now)) {
            assertThat(System.nanoTime()).as("%s", now).isLessThan(limit);
            now = get(budgets.of(payer)).orElseThrow();
        }
        return now;
    }

    private static Budget budget(Payer payer, long tokens) {
        return new Budget(payer, Window.MONTH, new Limit(null, tokens), Set.of());
    }

    private static Amount tokens(long tokens) {
        return new Amount(BigDecimal.ZERO, tokens);
    }

    private static UUID call(long number) {
        return new UUID(3, number);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture()
                .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }
}
