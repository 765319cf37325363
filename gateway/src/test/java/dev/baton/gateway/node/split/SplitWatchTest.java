package dev.baton.gateway.node.split;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.NodeId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SplitWatchTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final NodeId SELF = new NodeId("akka://baton@a:1#1");
    private static final NodeId OTHER = new NodeId("akka://baton@b:1#2");
    private static final NodeId THIRD = new NodeId("akka://baton@c:1#3");
    private static final SplitSettings SETTINGS = new SplitSettings(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final AtomicLong nanoTime = new AtomicLong();
    private final TestProbe<Set<NodeId>> asked = KIT.createTestProbe();
    private final TestProbe<Set<NodeId>> downed = KIT.createTestProbe();
    private final TestProbe<Set<NodeId>> seen = KIT.createTestProbe();
    private final Queue<CompletionStage<Boolean>> answers = new ArrayDeque<>();
    private volatile Set<NodeId> silent = Set.of();

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void downsWhomTheDatabaseHasDeclaredDown() {
        ActorRef<SplitWatch.Command> watch = watch(List.of(yes()));
        fallSilent(watch, OTHER);
        asked.expectMessage(Set.of(OTHER));
        downed.expectMessage(Set.of(OTHER));
    }

    @Test
    void leavesWhenItWasDeclaredDownItself() {
        ActorRef<SplitWatch.Command> watch = watch(List.of(no()));
        fallSilent(watch, OTHER);
        downed.expectMessage(Set.of(SELF));
        asked.expectTerminated(watch);
    }

    @Test
    void nobodyIsDownedWhileTheDatabaseDoesNotAnswer() {
        ActorRef<SplitWatch.Command> watch = watch(List.of(failure(), failure(), yes()));
        fallSilent(watch, OTHER);
        assertThat(asked.receiveSeveralMessages(1)).containsExactly(Set.of(OTHER));
        watch.tell(new SplitWatch.Look());
        assertThat(asked.receiveSeveralMessages(2)).containsOnly(Set.of(OTHER));
        downed.expectMessage(Set.of(OTHER));
    }

    @Test
    void tellsTheDatabaseOfAMemberThatWasDownedByAnotherWay() {
        ActorRef<SplitWatch.Command> watch = watch(List.of(failure(), yes()));
        watch.tell(new SplitWatch.Ended(THIRD));
        watch.tell(new SplitWatch.Look());
        assertThat(asked.receiveSeveralMessages(2)).containsOnly(Set.of(THIRD));
        asked.expectNoMessage(Duration.ofMillis(300));
        downed.expectNoMessage(Duration.ZERO);
    }

    @Test
    void asksFromTimeToTimeWhetherItMayStillGoOn() {
        ActorRef<SplitWatch.Command> watch = watch(List.of(yes(), no()));
        nanoTime.addAndGet(SETTINGS.stableAfter().toNanos());
        watch.tell(new SplitWatch.Look());
        asked.expectMessage(Set.of());
        nanoTime.addAndGet(SETTINGS.stableAfter().toNanos());
        asked.expectMessage(Set.of());
        downed.expectMessage(Set.of(SELF));
    }

    private void fallSilent(ActorRef<SplitWatch.Command> watch, NodeId node) {
        silent = Set.of(node);
        watch.tell(new SplitWatch.Look());
        assertThat(seen.fishForMessage(
                        Duration.ofSeconds(10),
                        view -> view.isEmpty() ? FishingOutcomes.continueAndIgnore() : FishingOutcomes.complete()))
                .hasSize(1);
        nanoTime.addAndGet(SETTINGS.stableAfter().toNanos());
        watch.tell(new SplitWatch.Look());
    }

    private ActorRef<SplitWatch.Command> watch(List<CompletionStage<Boolean>> script) {
        answers.addAll(script);
        ActorRef<SplitWatch.Command> watch =
                KIT.spawn(SplitWatch.create(new FakeSight(), this::answer, SETTINGS, nanoTime::get));
        // It reads the clock once when it starts: no test moves the clock before.
        seen.receiveMessage();
        return watch;
    }

    private CompletionStage<Boolean> answer(NodeId by, Set<NodeId> nodes) {
        asked.ref().tell(nodes);
        return answers.isEmpty() ? new CompletableFuture<>() : answers.remove();
    }

    private static CompletionStage<Boolean> yes() {
        return CompletableFuture.completedFuture(true);
    }

    private static CompletionStage<Boolean> no() {
        return CompletableFuture.completedFuture(false);
    }

    private static CompletionStage<Boolean> failure() {
        return CompletableFuture.failedFuture(new IllegalStateException("away"));
    }

    /** Sees two members, this node being the oldest, and whoever is set to be silent. */
    private final class FakeSight implements Sight {
        @Override
        public Silence.View view() {
            Set<NodeId> now = silent;
            seen.ref().tell(now);
            return new Silence.View(SELF, List.of(SELF, OTHER), now);
        }

        @Override
        public boolean hasOthers() {
            return true;
        }

        @Override
        public void down(Set<NodeId> nodes) {
            downed.ref().tell(nodes);
        }
    }
}
