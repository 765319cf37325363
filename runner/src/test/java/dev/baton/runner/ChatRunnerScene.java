package dev.baton.runner;

import static dev.baton.runner.Samples.NODE;
import static dev.baton.runner.Samples.SETTINGS;
import static dev.baton.runner.Samples.chat;

import akka.actor.testkit.typed.Effect;
import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.Status;
import java.util.ArrayList;
import java.util.List;

/** The runner of chat 1 at epoch 7. Its tasks and reads are children that only do what the test has them do. */
abstract class ChatRunnerScene {
    static final Epoch EPOCH = new Epoch(chat(1), 7, NODE);

    final FakeTasks tasks = new FakeTasks();
    final FakeChats chats = new FakeChats(NODE);
    final TestInbox<RunnerSupervisor.Command> supervisor = TestInbox.create();
    final BehaviorTestKit<ChatRunner.Command> runner = BehaviorTestKit.create(
            ChatRunner.create(EPOCH, supervisor.getRef(), new ChatCalls(chats, SETTINGS), tasks, SETTINGS));
    final List<Effect> effects = new ArrayList<>();

    void run(ChatHint hint) {
        runner.run(new ChatRunner.Run(hint));
    }

    void generate(ChatHint hint) {
        run(hint);
        admit();
    }

    void admit() {
        runner.run(grant());
    }

    ChatRunner.Admitted grant() {
        var asked = supervisor.getAllReceived().stream()
                .filter(RunnerSupervisor.Admit.class::isInstance)
                .map(command -> ((RunnerSupervisor.Admit) command).request())
                .toList();
        return new ChatRunner.Admitted(asked.get(asked.size() - 1).ticket());
    }

    void observe(ChatHint hint) {
        runner.run(new ChatRunner.Observed(hint));
    }

    void sync(ChatHint hint) {
        runner.run(new ChatRunner.Synced(hint));
    }

    void leave() {
        runner.run(new ChatRunner.Leave());
    }

    /** Delivers what the runner asked to be told when its task ends. */
    void endTask() {
        Effect.WatchedWith<?, ?> watched = effects().stream()
                .filter(Effect.WatchedWith.class::isInstance)
                .map(effect -> (Effect.WatchedWith<?, ?>) effect)
                .findFirst()
                .orElseThrow();
        effects.remove(watched);
        runner.run((ChatRunner.Command) watched.message());
    }

    boolean taskWasStopped() {
        return effects().stream().anyMatch(Effect.Stopped.class::isInstance);
    }

    int spawned() {
        return (int) effects().stream()
                .filter(Effect.SpawnedAnonymous.class::isInstance)
                .count();
    }

    List<Effect> effects() {
        effects.addAll(runner.getAllEffects());
        return effects;
    }

    static ChatHint hint(long version, long historyVersion, Status status) {
        return Samples.hint(EPOCH.number(), version, historyVersion, status);
    }

    static ChatHint held(ChatHint hint) {
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
