package dev.baton.runner;

import static dev.baton.persistence.chat.Status.RUNNING;
import static dev.baton.runner.Samples.OTHER_NODE;
import static dev.baton.runner.Samples.SETTINGS;
import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatCommand.AssignRunner;
import dev.baton.persistence.chat.ChatHint;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of chats whose runner stalls, ends too early, or never began. */
class RunnerReplacementTest extends SupervisorScene {

    @Test
    void replacesARunnerThatMakesNoProgress() {
        ChatHint stuck = create(1);
        observe(stuck);
        runnerActs(1, 1);
        look(5);
        assertThat(accepted(AssignRunner.class)).isEqualTo(1);
        callsAnswer();
        assertThat(runners()).containsExactly(name(1, 1), name(1, 2));
        assertThat(stopped()).contains(name(1, 1));
    }

    @Test
    void leavesARunnerAloneThatMakesProgressOrMayWait() {
        observe(create(1));
        runnerActs(1, 1);
        for (int i = 0; i < 3; i++) {
            look(4);
            supervisor.run(new RunnerSupervisor.Progress(epoch(1, 1), "streaming", Duration.ZERO));
        }
        supervisor.run(new RunnerSupervisor.Progress(epoch(1, 1), "thinking", SETTINGS.stallAfter()));
        look(8);
        assertThat(accepted(AssignRunner.class)).isZero();
        look(1);
        assertThat(accepted(AssignRunner.class)).isEqualTo(1);
    }

    @Test
    void leavesARunnerAloneThatWaitsForCapacity() {
        observe(hint(2, 1, 5, RUNNING));
        runnerActs(2, 1);
        observe(create(1));
        runnerActs(1, 1);
        for (int i = 0; i < 10; i++) {
            look(1);
            supervisor.run(new RunnerSupervisor.Progress(epoch(2, 1), "streaming", Duration.ZERO));
        }
        assertThat(accepted(AssignRunner.class)).isZero();
    }

    @Test
    void givesAChatANewEpochWhenItsRunnerEndedTooEarly() {
        observe(create(1));
        runnerEnds(1, 1);
        assertThat(runners()).containsExactly(name(1, 1));

        restoreWaitPasses();
        callsAnswer();
        assertThat(accepted(AssignRunner.class)).isEqualTo(1);
        callsAnswer();
        assertThat(runners()).containsExactly(name(1, 1), name(1, 2));
    }

    @Test
    void leavesAChatAloneWhoseTurnEndedWithItsRunner() {
        ChatHint running = create(1);
        observe(running);
        chats.execute(chat(1), new ChatCommand.FinishTurn(epoch(1, 1).fence(running), null));
        runnerEnds(1, 1);
        restoreWaitPasses();
        callsAnswer();
        assertThat(accepted(AssignRunner.class)).isZero();
    }

    @Test
    void startsARunnerForAChatThatItHoldsAndWasNotToldOf() {
        observe(create(1));
        create(2);
        supervisor.run(new RunnerSupervisor.Held(List.of(chat(1), chat(2))));
        callsAnswer();
        assertThat(runners()).containsExactly(name(1, 1), name(2, 1));
    }

    @Test
    void startsNoneForAChatThatItHoldsNoMore() {
        create(1);
        chats.moveTo(OTHER_NODE);
        chats.execute(chat(1), new AssignRunner(1));
        supervisor.run(new RunnerSupervisor.Held(List.of(chat(1))));
        callsAnswer();
        assertThat(runners()).isEmpty();
    }
}
