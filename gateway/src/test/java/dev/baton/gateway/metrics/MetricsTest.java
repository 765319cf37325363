package dev.baton.gateway.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.gateway.cluster.NodeReport.Counts;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Move;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.view.RunnerMove;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {
    private static final ChatId CHAT = new ChatId(new UUID(0, 1));

    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void showsWhatTheNodeCarriesNow() {
        assertThat(page(CompletableFuture.completedFuture(new Counts(1, 2, 3, 4, 5))))
                .contains("baton_runners{state=\"running\"} 1.0")
                .contains("baton_runners{state=\"waiting\"} 2.0")
                .contains("baton_runners_max 3.0")
                .contains("baton_sockets 4.0")
                .contains("baton_chats_loaded 5.0")
                .contains("baton_rows_pending 5.0");
    }

    @Test
    void knowsNoNumberWhenNobodyCounts() {
        assertThat(page(CompletableFuture.failedFuture(new IllegalStateException("busy"))))
                .contains("baton_sockets NaN");
    }

    @Test
    void countsMovesAndMeasuresThePausesThatWereSeen() {
        var chats = new ChatMeters(metrics.registry());
        chats.moved(move(Move.Cause.TAKEOVER, Duration.ofMillis(700)));
        chats.moved(move(Move.Cause.TAKEOVER, null));
        assertThat(page())
                .contains("baton_chat_moves_total{cause=\"takeover\"} 2.0")
                .contains("baton_chat_takeover_seconds_count{cause=\"takeover\"} 1")
                .contains("baton_chat_takeover_seconds_bucket{cause=\"takeover\",le=\"0.5\"} 0")
                .contains("baton_chat_takeover_seconds_bucket{cause=\"takeover\",le=\"0.8\"} 1")
                .contains("baton_chat_takeover_seconds_count{cause=\"handover\"} 0");
    }

    @Test
    void countsWhatAFenceRefused() {
        new ChatMeters(metrics.registry()).fenced(ChatState.none(CHAT));
        metrics.journal(() -> 3);
        assertThat(page())
                .contains("baton_epochs_rejected_total{by=\"chat\"} 1.0")
                .contains("baton_epochs_rejected_total{by=\"journal\"} 3.0");
    }

    @Test
    void goesOnCountingWhatNobodyElseHolds() {
        var refused = new AtomicInteger(3);
        metrics.journal(fresh(refused));
        var garbage = new WeakReference<>(new Object());
        while (garbage.get() != null) {
            System.gc();
        }
        refused.set(4);
        assertThat(page()).contains("baton_epochs_rejected_total{by=\"journal\"} 4.0");
    }

    @Test
    void saysHowOftenTheNodeStoodStillAndWhetherItMayAct() {
        metrics.pauses(() -> 2, () -> false);
        assertThat(page()).contains("baton_node_pauses_total 2.0").contains("baton_node_may_act 0.0");
    }

    @Test
    void countsSweepsAndSaysWhereTheSweeperStands() {
        var sweeps = new SweepMeters(metrics.registry());
        assertThat(page()).contains("baton_sweeper 0.0");
        sweeps.standsHere(true);
        sweeps.swept(2);
        sweeps.failed();
        assertThat(page())
                .contains("baton_sweeper 1.0")
                .contains("baton_sweeps_total{outcome=\"done\"} 1.0")
                .contains("baton_sweeps_total{outcome=\"failed\"} 1.0")
                .contains("baton_sweep_orphans_total 2.0");
    }

    private static Supplier<Number> fresh(AtomicInteger count) {
        return count::get;
    }

    private String page() {
        return page(CompletableFuture.completedFuture(new Counts(0, 0, 0, 0, 0)));
    }

    private String page(CompletionStage<Counts> counts) {
        return metrics.page(() -> counts, () -> counts.thenApply(Counts::chats))
                .get()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private static RunnerMove move(Move.Cause cause, @Nullable Duration pause) {
        var node = new NodeId("akka://baton@127.0.0.1:1#1");
        return new RunnerMove(CHAT, 2, node, node, cause, Instant.EPOCH, pause);
    }
}
