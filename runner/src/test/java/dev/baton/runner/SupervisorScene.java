package dev.baton.runner;

import static dev.baton.runner.Samples.NODE;
import static dev.baton.runner.Samples.OWNER;
import static dev.baton.runner.Samples.chat;

import akka.actor.testkit.typed.Effect;
import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.ChatCommand;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A supervisor with room for one chat. Runners and calls are children that only do what the test has them do; see {@code
 * NodeTest} for the whole at work.
 */
abstract class SupervisorScene {
    final FakeChats chats = new FakeChats(NODE);
    final FakeTasks tasks = new FakeTasks();
    final BehaviorTestKit<RunnerSupervisor.Command> supervisor =
            BehaviorTestKit.create(RunnerSupervisor.create(NODE, chats, tasks, Samples.withMaxRunning(1)));
    final List<Effect> effects = new ArrayList<>();

    void observe(ChatHint hint) {
        supervisor.run(new Observed(hint));
    }

    void watch(int number, TestInbox<Position> watcher) {
        supervisor.run(new RunnerSupervisor.WatchPosition(chat(number), watcher.getRef()));
    }

    void drain(TestInbox<Drained> drainer) {
        supervisor.run(new RunnerSupervisor.Drain(drainer.getRef()));
    }

    void look(int times) {
        for (int i = 0; i < times; i++) {
            supervisor.run(new RunnerSupervisor.WatchdogDue());
        }
    }

    Explanation explain(int number) {
        TestInbox<Explanation> inbox = TestInbox.create();
        supervisor.run(new RunnerSupervisor.Explain(chat(number), inbox.getRef()));
        return inbox.receiveMessage();
    }

    /** Lets the runner and the supervisor tell each other all they have to say. */
    void runnerActs(int number, long epoch) {
        BehaviorTestKit<ChatRunner.Command> runner = supervisor.childTestKit(ref(name(number, epoch)));
        while (runner.selfInbox().hasMessages() || supervisor.selfInbox().hasMessages()) {
            runAll(runner);
            runAll(supervisor);
        }
    }

    static void runAll(BehaviorTestKit<?> kit) {
        while (kit.selfInbox().hasMessages() && kit.isAlive()) {
            kit.runOne();
        }
    }

    @SuppressWarnings("unchecked")
    ActorRef<ChatRunner.Command> ref(String name) {
        return (ActorRef<ChatRunner.Command>) allEffects().stream()
                .filter(Effect.Spawned.class::isInstance)
                .map(effect -> (Effect.Spawned<?>) effect)
                .filter(spawned -> spawned.childName().equals(name))
                .findFirst()
                .orElseThrow()
                .ref();
    }

    /** Delivers what the supervisor asked to be told when the runner ends. */
    void runnerEnds(int number, long epoch) {
        supervisor.run(new RunnerSupervisor.RunnerEnded(epoch(number, epoch)));
    }

    void restoreWaitPasses() {
        for (Effect effect : allEffects()) {
            if (effect instanceof Effect.TimerScheduled<?> timer && timer.key() instanceof Epoch) {
                timer.send().apply();
            }
        }
        runAll(supervisor);
    }

    /** Lets the calls under way tell their answers and end. */
    void callsAnswer() {
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

    List<String> runners() {
        return allEffects().stream()
                .filter(Effect.Spawned.class::isInstance)
                .map(effect -> ((Effect.Spawned<?>) effect).childName())
                .toList();
    }

    List<String> stopped() {
        return allEffects().stream()
                .filter(Effect.Stopped.class::isInstance)
                .map(effect -> ((Effect.Stopped) effect).childName())
                .toList();
    }

    int spawned() {
        return (int) allEffects().stream()
                .filter(effect -> effect instanceof Effect.Spawned<?> || effect instanceof Effect.SpawnedAnonymous<?>)
                .count();
    }

    List<Effect> allEffects() {
        effects.addAll(supervisor.getAllEffects());
        return effects;
    }

    long accepted(Class<? extends ChatCommand> kind) {
        return chats.accepted().stream().filter(kind::isInstance).count();
    }

    /** A chat that is running in {@link #chats}. */
    ChatHint create(int number) {
        var first = new NewMessage(List.of(new Part.Text("hi")), null, null);
        chats.execute(
                chat(number),
                new ChatCommand.Create(
                        OWNER, new Details("", Map.of(), false), "fake/one", null, List.of(), null, first));
        return chats.state(chat(number)).hint();
    }

    static ChatHint hint(int number, long epoch, long version, Status status) {
        return Samples.hint(chat(number), OWNER, epoch, version, version, status);
    }

    static Epoch epoch(int number, long epoch) {
        return new Epoch(chat(number), epoch, NODE);
    }

    static String name(int number, long epoch) {
        ChatId chat = chat(number);
        return "chat-%s-%d".formatted(chat, epoch);
    }
}
