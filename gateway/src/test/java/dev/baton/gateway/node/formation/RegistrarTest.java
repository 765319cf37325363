package dev.baton.gateway.node.formation;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.LoggingTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import com.typesafe.config.ConfigFactory;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.membership.NodeState;
import dev.baton.persistence.membership.NodeTable;
import dev.baton.persistence.membership.Presence;
import dev.baton.persistence.schema.DatabaseException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RegistrarTest {
    private static final ActorTestKit KIT = ActorTestKit.create(
            "RegistrarTest",
            ConfigFactory.parseString("akka.actor.provider = cluster, akka.remote.artery.canonical.port = 0,"
                    + " akka.remote.artery.canonical.hostname = 127.0.0.1"));
    private static final Presence SELF = new Presence(Rows.SELF, 9, NodeState.JOINING, Optional.empty());
    private static final Duration SOON = Duration.ofMillis(1);

    private final TestProbe<Presence> written = KIT.createTestProbe();
    private final AtomicInteger failures = new AtomicInteger();
    private final Registration registration = new Registration(new WatchedTable(), SELF);

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void writesTheRowAgainAndAgain() {
        var registrar = KIT.spawn(Registrar.create(registration, Runnable::run, SOON));
        assertThat(written.receiveSeveralMessages(3)).containsOnly(SELF);
        registrar.tell(new Registrar.Say(presence -> presence.in(NodeState.UP)));
        written.fishForMessage(
                Duration.ofSeconds(10),
                presence -> presence.state() == NodeState.UP
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
        KIT.stop(registrar);
    }

    @Test
    void writesAtOnceWhatHasChanged() {
        var registrar = KIT.spawn(Registrar.create(registration, Runnable::run, Duration.ofHours(1)));
        assertThat(written.receiveMessage()).isEqualTo(SELF);
        registrar.tell(new Registrar.Say(presence -> presence.in(NodeState.LEAVING)));
        assertThat(written.receiveMessage()).isEqualTo(SELF.in(NodeState.LEAVING));
        KIT.stop(registrar);
    }

    @Test
    void saysOnceThatTheDatabaseDoesNotAnswerAndGoesOn() {
        failures.set(5);
        var registrar = LoggingTestKit.warn("its row in the database cannot be written; trying again: away")
                .withOccurrences(1)
                .expect(KIT.system(), () -> {
                    var failing = KIT.spawn(Registrar.create(registration, Runnable::run, SOON));
                    assertThat(written.receiveMessage()).isEqualTo(SELF);
                    return failing;
                });
        KIT.stop(registrar);
    }

    @Test
    void aRowThatIsRemovedAtTheEndIsNotWrittenAgain() {
        registration.close();
        assertThat(registration.refresh()).isTrue();
        written.expectNoMessage();
    }

    @Test
    void whoLeavesGoesOnLeaving() {
        registration.say(presence -> presence.in(NodeState.LEAVING));
        registration.say(presence -> presence.in(NodeState.UP).at("http://127.0.0.1:8080"));
        registration.refresh();
        assertThat(written.receiveMessage())
                .isEqualTo(SELF.in(NodeState.LEAVING).at("http://127.0.0.1:8080"));
    }

    /** Tells what is written, and fails as often as it is told to. */
    private final class WatchedTable implements NodeTable {

        @Override
        public void register(Presence self) {
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new DatabaseException("away", null);
            }
        }

        @Override
        public boolean refresh(Presence self) {
            written.ref().tell(self);
            return true;
        }

        @Override
        public void remove(NodeId life) {}

        @Override
        public Nodes read() {
            return new Nodes(0, List.of());
        }

        @Override
        public boolean form(NodeId self, long after) {
            return true;
        }
    }
}
