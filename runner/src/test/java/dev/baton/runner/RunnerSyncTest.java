package dev.baton.runner;

import static dev.baton.persistence.chat.Status.INTERRUPTING;
import static dev.baton.persistence.chat.Status.RUNNING;
import static dev.baton.persistence.chat.Status.WAITING;
import static dev.baton.runner.Samples.SETTINGS;
import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.Effect;
import org.junit.jupiter.api.Test;

class RunnerSyncTest extends ChatRunnerScene {
    @Test
    void startsWorkAgainThatASyncStillFindsUndone() {
        generate(hint(5, 5, RUNNING));
        sync(hint(5, 5, RUNNING));
        assertThat(tasks.started()).containsExactly("generation 5");

        endTask();
        sync(hint(5, 5, RUNNING));
        assertThat(tasks.started()).containsExactly("generation 5", "generation 5");
    }

    @Test
    void ignoresASyncThatIsOlderThanWhatItKnows() {
        generate(hint(5, 5, RUNNING));
        endTask();
        sync(hint(4, 4, INTERRUPTING));
        assertThat(tasks.started()).containsExactly("generation 5");
    }

    @Test
    void readsTheChatAtEverySync() {
        var timer = runner.expectEffectClass(Effect.TimerScheduled.class);
        assertThat(timer.duration()).isEqualTo(SETTINGS.syncInterval());
        run(hint(5, 5, INTERRUPTING));
        int before = spawned();
        timer.send().apply();
        runner.runOne();
        assertThat(spawned()).isEqualTo(before + 1);
    }

    @Test
    void saysOnceThatTheChatCannotBeRead() {
        try (var log = CapturedLog.of(ChatRunner.class.getName())) {
            run(hint(5, 5, INTERRUPTING));
            for (int i = 0; i < 3; i++) {
                runner.run(new ChatRunner.SyncFailed());
            }
            assertThat(log.aboveDebug())
                    .containsExactly("WARN chat %s: cannot be read; trying again at every sync".formatted(chat(1)));

            sync(hint(5, 5, INTERRUPTING));
            runner.run(new ChatRunner.SyncFailed());
            assertThat(log.aboveDebug()).hasSize(2);
        }
    }

    @Test
    void saysNothingOfAReadThatItsOwnEndCancelled() {
        try (var log = CapturedLog.of("dev.baton")) {
            chats.losing(1);
            run(hint(5, 5, INTERRUPTING));
            runner.run(new ChatRunner.SyncDue());
            observe(hint(8, 6, WAITING));
            assertThat(runner.isAlive()).isFalse();
            assertThat(log.aboveDebug()).isEmpty();
        }
    }

    @Test
    void looksOnceWhetherAHintWasLostWhenItsTaskEnds() {
        generate(hint(5, 5, RUNNING));
        int before = spawned();
        endTask();
        assertThat(spawned()).isEqualTo(before + 1);
    }
}
