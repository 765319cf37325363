package dev.baton.runner;

import static dev.baton.persistence.chat.Status.ERROR;
import static dev.baton.persistence.chat.Status.INTERRUPTING;
import static dev.baton.persistence.chat.Status.REQUIRES_ACTION;
import static dev.baton.persistence.chat.Status.RUNNING;
import static dev.baton.persistence.chat.Status.WAITING;
import static dev.baton.runner.Samples.NODE;
import static dev.baton.runner.Samples.SETTINGS;
import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.Effect;
import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatRunnerTest {
    private static final Epoch EPOCH = new Epoch(chat(1), 7, NODE);

    private final FakeTasks tasks = new FakeTasks();
    private final FakeChats chats = new FakeChats(NODE);
    private final TestInbox<RunnerSupervisor.Command> supervisor = TestInbox.create();
    private final BehaviorTestKit<ChatRunner.Command> runner = BehaviorTestKit.create(
            ChatRunner.create(EPOCH, supervisor.getRef(), new ChatCalls(chats, SETTINGS), tasks, SETTINGS));
    private final List<Effect> effects = new ArrayList<>();

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
    void looksOnceWhetherAHintWasLostWhenItsTaskEnds() {
        generate(hint(5, 5, RUNNING));
        int before = spawned();
        endTask();
        assertThat(spawned()).isEqualTo(before + 1);
    }

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

    private void run(ChatHint hint) {
        runner.run(new ChatRunner.Run(hint));
    }

    private void generate(ChatHint hint) {
        run(hint);
        admit();
    }

    private void admit() {
        runner.run(grant());
    }

    private ChatRunner.Admitted grant() {
        var asked = supervisor.getAllReceived().stream()
                .filter(RunnerSupervisor.Admit.class::isInstance)
                .map(command -> ((RunnerSupervisor.Admit) command).request())
                .toList();
        return new ChatRunner.Admitted(asked.get(asked.size() - 1).ticket());
    }

    private void observe(ChatHint hint) {
        runner.run(new ChatRunner.Observed(hint));
    }

    private void sync(ChatHint hint) {
        runner.run(new ChatRunner.Synced(hint));
    }

    private void leave() {
        runner.run(new ChatRunner.Leave());
    }

    /** Delivers what the runner asked to be told when its task ends. */
    private void endTask() {
        Effect.WatchedWith<?, ?> watched = effects().stream()
                .filter(Effect.WatchedWith.class::isInstance)
                .map(effect -> (Effect.WatchedWith<?, ?>) effect)
                .findFirst()
                .orElseThrow();
        effects.remove(watched);
        runner.run((ChatRunner.Command) watched.message());
    }

    private boolean taskWasStopped() {
        return effects().stream().anyMatch(Effect.Stopped.class::isInstance);
    }

    private int spawned() {
        return (int) effects().stream()
                .filter(Effect.SpawnedAnonymous.class::isInstance)
                .count();
    }

    private List<Effect> effects() {
        effects.addAll(runner.getAllEffects());
        return effects;
    }

    private static ChatHint hint(long version, long historyVersion, Status status) {
        return Samples.hint(EPOCH.number(), version, historyVersion, status);
    }

    private static ChatHint held(ChatHint hint) {
        return new ChatHint(
                hint.chat(),
                hint.owner(),
                hint.version(),
                hint.historyVersion(),
                hint.status(),
                false,
                0,
                hint.epoch(),
                NODE);
    }
}
