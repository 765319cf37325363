package dev.baton.runner;

import static dev.baton.persistence.chat.Status.ERROR;
import static dev.baton.persistence.chat.Status.INTERRUPTING;
import static dev.baton.persistence.chat.Status.REQUIRES_ACTION;
import static dev.baton.persistence.chat.Status.RUNNING;
import static dev.baton.persistence.chat.Status.WAITING;
import static dev.baton.runner.Samples.NODE;
import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatHint;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ChatRunnerTest extends ChatRunnerScene {
    @Test
    void asksForCapacityBeforeItGenerates() {
        run(hint(5, 5, RUNNING));
        assertThat(tasks.started()).isEmpty();

        admit();
        assertThat(tasks.started()).containsExactly("generation 5");
    }

    @Test
    void needsNoCapacityForAnythingButGenerating() {
        run(hint(5, 5, INTERRUPTING));
        assertThat(tasks.started()).containsExactly("interrupt 5");
        assertThat(supervisor.hasMessages()).isFalse();
    }

    @Test
    void waitsForTheActionsDeadline() {
        run(hint(5, 5, REQUIRES_ACTION));
        assertThat(tasks.started()).containsExactly("action timeout 5");
    }

    @Test
    void releasesAChatThatIsIdle() {
        run(held(hint(5, 5, WAITING)));
        assertThat(tasks.started()).containsExactly("release 5");

        observe(held(hint(6, 6, ERROR)));
        endTask();
        assertThat(tasks.started()).containsExactly("release 5", "release 6");
    }

    @Test
    void interruptsWithoutWaitingForItsTurn() {
        run(hint(5, 5, RUNNING));
        observe(hint(6, 5, INTERRUPTING));
        assertThat(tasks.started()).containsExactly("interrupt 6");
        assertThat(supervisor.getAllReceived()).contains(new RunnerSupervisor.GiveBack(EPOCH));
    }

    @Test
    void generatesTheNewestWhenAdmittedAfterAnEdit() {
        run(hint(5, 5, RUNNING));
        observe(hint(7, 7, RUNNING));
        admit();
        assertThat(tasks.started()).containsExactly("generation 7");
    }

    @Test
    void ignoresAnAdmissionItNoLongerWants() {
        run(hint(5, 5, RUNNING));
        ChatRunner.Admitted late = grant();
        observe(hint(6, 5, INTERRUPTING));
        endTask();
        observe(hint(8, 8, RUNNING));
        runner.run(late);
        assertThat(tasks.started()).containsExactly("interrupt 6");

        admit();
        assertThat(tasks.started()).containsExactly("interrupt 6", "generation 8");
    }

    @Test
    void keepsItsCapacityFromStepToStep() {
        generate(hint(5, 5, RUNNING));
        observe(hint(6, 6, RUNNING));
        endTask();
        assertThat(tasks.started()).containsExactly("generation 5", "generation 6");
        assertThat(supervisor.getAllReceived()).isEmpty();
    }

    @Test
    void givesItsCapacityBackWhileTheClientActs() {
        generate(hint(5, 5, RUNNING));
        observe(hint(6, 6, REQUIRES_ACTION));
        endTask();
        assertThat(tasks.started()).containsExactly("generation 5", "action timeout 6");
        assertThat(supervisor.getAllReceived()).contains(new RunnerSupervisor.GiveBack(EPOCH));
    }

    @Test
    void ignoresAHintThatIsNotNewer() {
        generate(hint(5, 5, RUNNING));
        observe(hint(5, 5, RUNNING));
        observe(hint(4, 4, INTERRUPTING));
        assertThat(tasks.started()).containsExactly("generation 5");
        assertThat(taskWasStopped()).isFalse();
    }

    @Test
    void keepsItsTaskWhenANewerHintCallsForTheSame() {
        generate(hint(5, 5, RUNNING));
        observe(hint(6, 5, RUNNING));
        assertThat(taskWasStopped()).isFalse();
    }

    @Test
    void startsTheNextTaskOnlyWhenTheOldOneHasEnded() {
        generate(hint(5, 5, RUNNING));
        observe(hint(6, 6, RUNNING));
        observe(hint(7, 6, INTERRUPTING));
        assertThat(taskWasStopped()).isTrue();
        assertThat(tasks.started()).containsExactly("generation 5");

        endTask();
        assertThat(tasks.started()).containsExactly("generation 5", "interrupt 7");
    }

    @Test
    void waitsForANewerHintWhenItsTaskHasEnded() {
        generate(hint(5, 5, RUNNING));
        endTask();
        observe(hint(5, 5, RUNNING));
        assertThat(tasks.started()).containsExactly("generation 5");

        observe(hint(6, 6, RUNNING));
        assertThat(tasks.started()).containsExactly("generation 5", "generation 6");
    }

    @Test
    void countsAHintThatCameWhileTheTaskRanWhenItIsReadAgain() {
        generate(hint(5, 5, RUNNING));
        observe(hint(6, 5, RUNNING));
        endTask();
        observe(hint(6, 5, RUNNING));
        assertThat(tasks.started()).containsExactly("generation 5", "generation 6");
    }

    @Test
    void stopsWhenTheChatHasAnotherEpoch() {
        generate(hint(5, 5, RUNNING));
        observe(new ChatHint(chat(1), Samples.OWNER, 6, 5, RUNNING, false, 1, EPOCH.number() + 1, NODE));
        assertThat(runner.isAlive()).isFalse();
    }

    @Test
    void stopsWhenTheTurnHasEnded() {
        generate(hint(5, 5, RUNNING));
        observe(hint(8, 6, WAITING));
        assertThat(runner.isAlive()).isFalse();
    }

    @Test
    void takesHintsOfTheSupervisorOneByOne() {
        run(hint(5, 5, INTERRUPTING));
        runner.run(new ChatRunner.Told(hint(4, 4, RUNNING)));
        assertThat(supervisor.getAllReceived()).containsExactly(new RunnerSupervisor.HintTaken(EPOCH));
    }

    @Test
    void passesOnWhatItsTaskDoes() {
        run(hint(5, 5, INTERRUPTING));
        runner.run(new ChatRunner.Doing("thinking", Duration.ofSeconds(3)));
        assertThat(supervisor.getAllReceived())
                .containsExactly(new RunnerSupervisor.Progress(EPOCH, "thinking", Duration.ofSeconds(3)));
    }

    @Test
    void endsWithOneLineInTheLogWhenItIsRunTwice() {
        try (var log = CapturedLog.of(ChatRunner.class.getName())) {
            run(hint(5, 5, RUNNING));
            assertThat(runner.isAlive()).isTrue();
            run(hint(5, 5, RUNNING));
            assertThat(runner.isAlive()).isFalse();
            assertThat(tasks.started()).isEmpty();
            assertThat(log.aboveDebug())
                    .containsExactly("ERROR chat %s: the runner of epoch 7 was run twice; it ends".formatted(chat(1)));
        }
    }

    @Test
    void logsNothingAboveDebugWhenItsWorkIsCancelled() {
        try (var log = CapturedLog.of("dev.baton")) {
            generate(hint(5, 5, RUNNING));
            observe(hint(6, 5, INTERRUPTING));
            endTask();
            leave();
            endTask();
            endTask();
            assertThat(runner.isAlive()).isFalse();
            assertThat(log.aboveDebug()).isEmpty();
        }
    }
}
