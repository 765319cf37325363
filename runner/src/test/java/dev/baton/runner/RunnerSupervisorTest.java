package dev.baton.runner;

import static dev.baton.persistence.chat.Status.INTERRUPTING;
import static dev.baton.persistence.chat.Status.RUNNING;
import static dev.baton.persistence.chat.Status.WAITING;
import static dev.baton.runner.Samples.OTHER_NODE;
import static dev.baton.runner.Samples.OWNER;
import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.runner.RunnerSupervisor.Explanation;
import dev.baton.runner.RunnerSupervisor.Position;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Who gets a runner, and a place for it. */
class RunnerSupervisorTest extends SupervisorScene {

    @Test
    void startsARunnerForAChatWithWorkThatItsNodeHolds() {
        observe(hint(1, 1, 5, RUNNING));
        assertThat(runners()).containsExactly(name(1, 1));
        runnerActs(1, 1);
        assertThat(tasks.started()).containsExactly("generation 5");
    }

    @Test
    void startsNoneForAChatThatAnotherNodeHolds() {
        observe(new ChatHint(chat(1), OWNER, 5, 5, RUNNING, false, 1, 1, OTHER_NODE));
        observe(new ChatHint(chat(1), OWNER, 6, 5, RUNNING, false, 1, 1, null));
        assertThat(runners()).isEmpty();
    }

    @Test
    void startsNoneForAChatThatWaits() {
        observe(hint(1, 1, 5, WAITING));
        assertThat(runners()).isEmpty();
    }

    @Test
    void startsOnlyOneForHintsThatAreLateOrRepeated() {
        observe(hint(1, 1, 5, RUNNING));
        observe(hint(1, 1, 5, RUNNING));
        observe(hint(1, 1, 4, INTERRUPTING));
        observe(hint(1, 1, 6, RUNNING));
        assertThat(runners()).containsExactly(name(1, 1));
    }

    @Test
    void startsNobodyAgainForALateHintOfATurnThatEnded() {
        observe(hint(1, 1, 5, RUNNING));
        observe(hint(1, 1, 8, WAITING));
        runnerEnds(1, 1);
        observe(hint(1, 1, 5, RUNNING));
        observe(hint(1, 1, 7, INTERRUPTING));
        assertThat(runners()).containsExactly(name(1, 1));
    }

    @Test
    void startsTheNextEpochsRunnerWithoutWaitingForTheOldOne() {
        observe(hint(1, 1, 5, RUNNING));
        observe(hint(1, 2, 9, RUNNING));
        assertThat(runners()).containsExactly(name(1, 1), name(1, 2));
        assertThat(stopped()).containsExactly(name(1, 1));
    }

    @Test
    void passesHintsOnOneByOne() {
        observe(hint(2, 1, 4, RUNNING));
        runnerActs(2, 1);
        observe(hint(1, 1, 5, RUNNING));
        observe(hint(1, 1, 6, RUNNING));
        observe(hint(1, 1, 7, INTERRUPTING));
        runnerActs(1, 1);
        assertThat(tasks.started()).containsExactly("generation 4", "interrupt 7");
    }

    @Test
    void admitsNoMoreChatsThanItMay() {
        observe(hint(1, 1, 5, RUNNING));
        observe(hint(2, 1, 6, RUNNING));
        runnerActs(1, 1);
        runnerActs(2, 1);
        assertThat(tasks.started()).containsExactly("generation 5");

        observe(hint(1, 1, 8, WAITING));
        runnerEnds(1, 1);
        runnerActs(2, 1);
        assertThat(tasks.started()).containsExactly("generation 5", "generation 6");
    }

    @Test
    void givesNoPlaceToARunnerWhoseEpochIsOver() {
        observe(hint(2, 1, 4, RUNNING));
        runnerActs(2, 1);
        observe(hint(1, 1, 5, RUNNING));
        observe(hint(1, 2, 9, RUNNING));
        runnerActs(1, 2);
        TestInbox<ChatRunner.Command> old = TestInbox.create("old");
        supervisor.run(new RunnerSupervisor.Admit(new Admission.Request(epoch(1, 1), OWNER, 1, old.getRef())));
        runnerEnds(1, 1);
        assertThat(explain(1).position()).isEqualTo(1);

        observe(hint(2, 1, 8, WAITING));
        runnerEnds(2, 1);
        runnerActs(1, 2);
        assertThat(tasks.started()).containsExactly("generation 4", "generation 9");
    }

    @Test
    void interruptsAChatThatWaitsForCapacity() {
        observe(hint(1, 1, 5, RUNNING));
        observe(hint(2, 1, 6, RUNNING));
        runnerActs(1, 1);
        runnerActs(2, 1);
        observe(hint(2, 1, 7, INTERRUPTING));
        runnerActs(2, 1);
        assertThat(tasks.started()).containsExactly("generation 5", "interrupt 7");
        assertThat(explain(2).position()).isZero();
    }

    @Test
    void tellsPositionsAtOnceAndThenOnlyWhenTheyChange() {
        TestInbox<Position> watcher = TestInbox.create("watcher");
        watch(3, watcher);
        assertThat(watcher.receiveMessage()).isEqualTo(new Position(chat(3), 0));
        for (int i = 1; i <= 3; i++) {
            observe(hint(i, 1, 5, RUNNING));
            runnerActs(i, 1);
        }
        assertThat(watcher.getAllReceived()).containsExactly(new Position(chat(3), 2));

        observe(hint(2, 1, 6, INTERRUPTING));
        runnerActs(2, 1);
        assertThat(watcher.getAllReceived()).containsExactly(new Position(chat(3), 1));

        observe(hint(1, 1, 8, WAITING));
        runnerEnds(1, 1);
        assertThat(watcher.getAllReceived()).containsExactly(new Position(chat(3), 0));
    }

    @Test
    void tellsAWatcherNothingMoreWhenItUnwatchesOrStops() {
        TestInbox<Position> unwatching = TestInbox.create("unwatching");
        TestInbox<Position> stopping = TestInbox.create("stopping");
        watch(2, unwatching);
        watch(2, stopping);
        supervisor.run(new RunnerSupervisor.UnwatchPosition(chat(2), unwatching.getRef()));
        supervisor.run(new RunnerSupervisor.WatcherEnded(stopping.getRef()));
        unwatching.getAllReceived();
        stopping.getAllReceived();
        observe(hint(1, 1, 5, RUNNING));
        runnerActs(1, 1);
        observe(hint(2, 1, 5, RUNNING));
        runnerActs(2, 1);
        assertThat(explain(2).position()).isEqualTo(1);
        assertThat(unwatching.hasMessages()).isFalse();
        assertThat(stopping.hasMessages()).isFalse();
    }

    @Test
    void explainsWhyAChatIsWhereItIs() {
        assertThat(explain(1)).isEqualTo(new Explanation(chat(1), 0, "no runner here", 0, 0, 1, false));
        observe(hint(1, 1, 5, RUNNING));
        runnerActs(1, 1);
        supervisor.run(new RunnerSupervisor.Progress(epoch(1, 1), "thinking", Duration.ZERO));
        observe(hint(2, 1, 5, RUNNING));
        runnerActs(2, 1);
        assertThat(explain(1)).isEqualTo(new Explanation(chat(1), 1, "thinking", 0, 1, 1, false));
        assertThat(explain(2)).isEqualTo(new Explanation(chat(2), 1, "waiting for capacity", 1, 1, 1, false));
    }
}
