package dev.baton.runner;

import static dev.baton.persistence.chat.Status.RUNNING;
import static dev.baton.runner.Samples.OTHER_NODE;
import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import dev.baton.persistence.chat.ChatCommand.HandOver;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.runner.RunnerSupervisor.Drained;
import org.junit.jupiter.api.Test;

/** What a supervisor does when its node leaves. */
class SupervisorDrainTest extends SupervisorScene {

    @Test
    void drainsAtOnceWhenNothingRuns() {
        TestInbox<Drained> drainer = TestInbox.create("drainer");
        drain(drainer);
        drain(drainer);
        assertThat(drainer.getAllReceived()).hasSize(2);
    }

    @Test
    void answersADrainOnlyWhenNothingItStartedIsAlive() {
        TestInbox<Drained> drainer = TestInbox.create("drainer");
        observe(hint(1, 1, 5, RUNNING));
        observe(hint(2, 1, 5, RUNNING));
        runnerActs(1, 1);
        drain(drainer);
        drain(drainer);
        runnerActs(1, 1);
        runnerActs(2, 1);
        runnerEnds(1, 1);
        assertThat(drainer.hasMessages()).isFalse();

        runnerEnds(2, 1);
        assertThat(drainer.getAllReceived()).hasSize(2);
        assertThat(tasks.started()).containsExactly("generation 5", "hand over 5");
    }

    @Test
    void handsOnWhatComesWhileItDrains() {
        TestInbox<Drained> drainer = TestInbox.create("drainer");
        observe(hint(2, 1, 5, RUNNING));
        drain(drainer);
        ChatHint late = create(1);
        chats.moveTo(OTHER_NODE);
        observe(late);
        assertThat(runners()).containsExactly(name(2, 1));
        assertThat(accepted(HandOver.class)).isEqualTo(1);

        runnerEnds(2, 1);
        assertThat(drainer.hasMessages()).isFalse();
        callsAnswer();
        assertThat(drainer.getAllReceived()).hasSize(1);
        assertThat(chats.state(chat(1)).hold().node()).isEqualTo(OTHER_NODE);
    }

    @Test
    void letsGoOfAChatWhoseRunnerEndedTooEarlyWhenItDrainsAndNobodyStays() {
        TestInbox<Drained> drainer = TestInbox.create("drainer");
        observe(create(1));
        runnerEnds(1, 1);
        drain(drainer);
        assertThat(chats.state(chat(1)).hold().node()).isNull();
        callsAnswer();
        assertThat(drainer.getAllReceived()).hasSize(1);
    }

    @Test
    void startsNothingBehindTheBackOfWhoSawItDrained() {
        TestInbox<Drained> drainer = TestInbox.create("drainer");
        drain(drainer);
        int before = spawned();
        observe(create(1));
        assertThat(spawned()).isEqualTo(before);
    }

    @Test
    void stopsAndNamesWhatDoesNotEndInTime() {
        try (var log = CapturedLog.of(RunnerSupervisor.class.getName())) {
            TestInbox<Drained> drainer = TestInbox.create("drainer");
            observe(hint(1, 1, 5, RUNNING));
            drain(drainer);
            supervisor.run(new RunnerSupervisor.DrainOverdue());
            assertThat(stopped()).containsExactly(name(1, 1));
            assertThat(log.aboveDebug()).singleElement().asString().contains(chat(1).toString());

            runnerEnds(1, 1);
            assertThat(drainer.getAllReceived()).hasSize(1);
        }
    }
}
