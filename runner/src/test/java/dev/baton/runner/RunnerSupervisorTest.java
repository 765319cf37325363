package dev.baton.runner;

import static dev.baton.persistence.chat.Status.INTERRUPTING;
import static dev.baton.persistence.chat.Status.RUNNING;
import static dev.baton.persistence.chat.Status.WAITING;
import static dev.baton.runner.Samples.NODE;
import static dev.baton.runner.Samples.OTHER_NODE;
import static dev.baton.runner.Samples.OWNER;
import static dev.baton.runner.Samples.SETTINGS;
import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.Effect;
import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatCommand.AssignRunner;
import dev.baton.persistence.chat.ChatCommand.HandOver;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Status;
import dev.baton.runner.RunnerSupervisor.Drained;
import dev.baton.runner.RunnerSupervisor.Explanation;
import dev.baton.runner.RunnerSupervisor.Observed;
import dev.baton.runner.RunnerSupervisor.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runners and calls are children that only do what the test has them do; see {@code NodeTest} for the whole at work. */
class RunnerSupervisorTest {
    private final FakeChats chats = new FakeChats(NODE);
    private final FakeTasks tasks = new FakeTasks();
    private final BehaviorTestKit<RunnerSupervisor.Command> supervisor =
            BehaviorTestKit.create(RunnerSupervisor.create(NODE, chats, tasks, Samples.withMaxRunning(1)));
    private final List<Effect> effects = new ArrayList<>();

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

    private void observe(ChatHint hint) {
        supervisor.run(new Observed(hint));
    }

    private void watch(int number, TestInbox<Position> watcher) {
        supervisor.run(new RunnerSupervisor.WatchPosition(chat(number), watcher.getRef()));
    }

    private void drain(TestInbox<Drained> drainer) {
        supervisor.run(new RunnerSupervisor.Drain(drainer.getRef()));
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            supervisor.run(new RunnerSupervisor.WatchdogDue());
        }
    }

    private Explanation explain(int number) {
        TestInbox<Explanation> inbox = TestInbox.create();
        supervisor.run(new RunnerSupervisor.Explain(chat(number), inbox.getRef()));
        return inbox.receiveMessage();
    }

    /** Lets the runner and the supervisor tell each other all they have to say. */
    private void runnerActs(int number, long epoch) {
        BehaviorTestKit<ChatRunner.Command> runner = supervisor.childTestKit(ref(name(number, epoch)));
        while (runner.selfInbox().hasMessages() || supervisor.selfInbox().hasMessages()) {
            runAll(runner);
            runAll(supervisor);
        }
    }

    private static void runAll(BehaviorTestKit<?> kit) {
        while (kit.selfInbox().hasMessages() && kit.isAlive()) {
            kit.runOne();
        }
    }

    @SuppressWarnings("unchecked")
    private ActorRef<ChatRunner.Command> ref(String name) {
        return (ActorRef<ChatRunner.Command>) allEffects().stream()
                .filter(Effect.Spawned.class::isInstance)
                .map(effect -> (Effect.Spawned<?>) effect)
                .filter(spawned -> spawned.childName().equals(name))
                .findFirst()
                .orElseThrow()
                .ref();
    }

    /** Delivers what the supervisor asked to be told when the runner ends. */
    private void runnerEnds(int number, long epoch) {
        supervisor.run(new RunnerSupervisor.RunnerEnded(epoch(number, epoch)));
    }

    private void restoreWaitPasses() {
        for (Effect effect : allEffects()) {
            if (effect instanceof Effect.TimerScheduled<?> timer && timer.key() instanceof Epoch) {
                timer.send().apply();
            }
        }
        runAll(supervisor);
    }

    /** Lets the calls under way tell their answers and end. */
    private void callsAnswer() {
        List<Effect> calls = allEffects().stream()
                .filter(Effect.SpawnedAnonymous.class::isInstance)
                .toList();
        effects.removeAll(calls);
        for (Effect call : calls) {
            runAll(supervisor.childTestKit(((Effect.SpawnedAnonymous<?>) call).ref()));
            supervisor.run(new RunnerSupervisor.CallEnded());
        }
        runAll(supervisor);
    }

    private List<String> runners() {
        return allEffects().stream()
                .filter(Effect.Spawned.class::isInstance)
                .map(effect -> ((Effect.Spawned<?>) effect).childName())
                .toList();
    }

    private List<String> stopped() {
        return allEffects().stream()
                .filter(Effect.Stopped.class::isInstance)
                .map(effect -> ((Effect.Stopped) effect).childName())
                .toList();
    }

    private int spawned() {
        return (int) allEffects().stream()
                .filter(effect -> effect instanceof Effect.Spawned<?> || effect instanceof Effect.SpawnedAnonymous<?>)
                .count();
    }

    private List<Effect> allEffects() {
        effects.addAll(supervisor.getAllEffects());
        return effects;
    }

    private long accepted(Class<? extends ChatCommand> kind) {
        return chats.accepted().stream().filter(kind::isInstance).count();
    }

    /** A chat that is running in {@link #chats}. */
    private ChatHint create(int number) {
        var first = new NewMessage(List.of(new Part.Text("hi")), null, null);
        chats.execute(
                chat(number),
                new ChatCommand.Create(
                        OWNER, new Details("", Map.of(), false), "fake/one", null, List.of(), null, first));
        return chats.state(chat(number)).hint();
    }

    private static ChatHint hint(int number, long epoch, long version, Status status) {
        return Samples.hint(chat(number), OWNER, epoch, version, version, status);
    }

    private static Epoch epoch(int number, long epoch) {
        return new Epoch(chat(number), epoch, NODE);
    }

    private static String name(int number, long epoch) {
        ChatId chat = chat(number);
        return "chat-%s-%d".formatted(chat, epoch);
    }
}
