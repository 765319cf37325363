package dev.baton.gateway.bridge.limit;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.Join;
import akka.cluster.typed.SelfUp;
import akka.cluster.typed.Subscribe;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.baton.gateway.bridge.limit.OwnerLimits.Entered;
import dev.baton.gateway.bridge.limit.OwnerLimits.Full;
import dev.baton.gateway.bridge.limit.OwnerLimits.Room;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes in one process. */
class ClusterLimitsTest {
    private static final Config CONFIG = ConfigFactory.parseString("""
            akka.actor.provider = cluster
            akka.actor.allow-java-serialization = off
            akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
            akka.cluster.jmx.enabled = off
            """).withFallback(ConfigFactory.load());
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final LimitSettings TWO = new LimitSettings(2, 0, 1, Duration.ofMinutes(1));
    private static final ActorTestKit KIT = ActorTestKit.create("limits", CONFIG);
    private static final ActorTestKit OTHER = ActorTestKit.create("limits", CONFIG);
    private static OwnerLimits here = OwnerLimits.NONE;
    private static OwnerLimits there = OwnerLimits.NONE;

    /** Each node of a cluster counts, or none can: whoever counts asks a majority of them first. */
    @BeforeAll
    static void join() {
        join(KIT);
        join(OTHER);
        here = limits(KIT);
        there = limits(OTHER);
    }

    private static void join(ActorTestKit kit) {
        var up = kit.<SelfUp>createTestProbe();
        Cluster cluster = Cluster.get(kit.system());
        cluster.subscriptions().tell(Subscribe.create(up.ref(), SelfUp.class));
        cluster.manager()
                .tell(Join.create(Cluster.get(KIT.system()).selfMember().address()));
        up.expectMessageClass(SelfUp.class, LIMIT);
    }

    @AfterAll
    static void stop() {
        OTHER.shutdownTestKit();
        KIT.shutdownTestKit();
    }

    @Test
    void countsTheCallsOfAllNodesTogether() throws Exception {
        var in = (Entered) get(here.enter("cy").toCompletableFuture());
        assertThat(get(there.enter("cy").toCompletableFuture())).isInstanceOf(Entered.class);
        CompletableFuture<Room> waits = there.enter("cy").toCompletableFuture();
        Room full = get(there.enter("cy").toCompletableFuture());
        assertThat(full).isEqualTo(new Full(Duration.ofMinutes(1)));
        assertThat(get(here.enter("cy").toCompletableFuture())).isEqualTo(full);
        assertThat(waits).isNotDone();
        in.leave().run();
        assertThat(get(waits)).isInstanceOf(Entered.class);
    }

    @Test
    void limitsEachOwnerByItselfAndLetsWaitersInInTheirOrder() throws Exception {
        var in = new ArrayList<Entered>();
        in.add((Entered) get(here.enter("ann").toCompletableFuture()));
        in.add((Entered) get(here.enter("ann").toCompletableFuture()));
        CompletableFuture<Room> waits = here.enter("ann").toCompletableFuture();
        Room full = get(here.enter("ann").toCompletableFuture());
        assertThat(full).isEqualTo(new Full(Duration.ofMinutes(1)));
        assertThat(get(here.enter("bob").toCompletableFuture())).isInstanceOf(Entered.class);
        assertThat(waits).isNotDone();
        in.get(0).leave().run();
        assertThat(get(waits)).isInstanceOf(Entered.class);
        in.get(0).leave().run();
        CompletableFuture<Room> next = here.enter("ann").toCompletableFuture();
        assertThat(get(here.enter("ann").toCompletableFuture()))
                .as("leaving twice makes no more room")
                .isInstanceOf(Full.class);
        assertThat(next).isNotDone();
    }

    @Test
    void limitsNothingUnlessItIsToldTo() {
        assertThat(ClusterLimits.start(
                        KIT.system(),
                        new LimitSettings(0, 0, 9, Duration.ofSeconds(1)),
                        Clock.systemUTC(),
                        UUID::randomUUID))
                .isSameAs(OwnerLimits.NONE);
        assertThat(List.of(OwnerLimits.NONE.enter("ann").toCompletableFuture().join()))
                .hasOnlyElementsOfType(Entered.class);
    }

    private static OwnerLimits limits(ActorTestKit kit) {
        return ClusterLimits.start(kit.system(), TWO, Clock.systemUTC(), UUID::randomUUID);
    }

    private static Room get(CompletableFuture<Room> room) throws Exception {
        return room.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
}
