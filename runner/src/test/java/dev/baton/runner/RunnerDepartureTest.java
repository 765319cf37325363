package dev.baton.runner;

import static dev.baton.persistence.chat.Status.INTERRUPTING;
import static dev.baton.persistence.chat.Status.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunnerDepartureTest extends ChatRunnerScene {
    @Test
    void cutsItsTaskAndHandsTheChatOverWhenItLeaves() {
        generate(hint(5, 5, RUNNING));
        leave();
        assertThat(taskWasStopped()).isTrue();
        assertThat(tasks.started()).containsExactly("generation 5");

        endTask();
        assertThat(tasks.started()).containsExactly("generation 5", "hand over 5");
        leave();
        endTask();
        assertThat(runner.isAlive()).isFalse();
    }

    @Test
    void handsOverAChatThatWaitsForCapacityWhenItLeaves() {
        run(hint(5, 5, RUNNING));
        leave();
        assertThat(tasks.started()).containsExactly("hand over 5");
    }

    @Test
    void letsAnInterruptionEndBeforeItLeaves() {
        run(hint(5, 5, INTERRUPTING));
        leave();
        assertThat(taskWasStopped()).isFalse();

        observe(hint(7, 6, RUNNING));
        endTask();
        assertThat(tasks.started()).containsExactly("interrupt 5", "hand over 7");
    }

    @Test
    void startsNothingElseOnceItLeaves() {
        generate(hint(5, 5, RUNNING));
        leave();
        observe(hint(6, 6, RUNNING));
        endTask();
        observe(hint(7, 7, RUNNING));
        assertThat(tasks.started()).containsExactly("generation 5", "hand over 6");
    }

    @Test
    void carriesOutAnInterruptionThatWasAskedForBeforeItsTaskHadEnded() {
        generate(hint(5, 5, RUNNING));
        leave();
        observe(hint(6, 5, INTERRUPTING));
        endTask();
        assertThat(tasks.started()).containsExactly("generation 5", "interrupt 6");

        observe(hint(8, 7, RUNNING));
        endTask();
        assertThat(tasks.started()).containsExactly("generation 5", "interrupt 6", "hand over 8");
    }

    @Test
    void carriesOutAnInterruptionThatCutItsTaskBeforeItLeaves() {
        generate(hint(5, 5, RUNNING));
        observe(hint(6, 5, INTERRUPTING));
        leave();
        endTask();
        endTask();
        assertThat(tasks.started()).containsExactly("generation 5", "interrupt 6", "hand over 6");
    }
}
