package dev.baton.runner.fleet;

import static dev.baton.runner.Samples.NODE;
import static dev.baton.runner.Samples.OWNER;
import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatCommand.Create;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.parts.PartSettings.Publish;
import dev.baton.runner.CapturedLog;
import dev.baton.runner.FakeChats;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.RunnerSupervisor;
import dev.baton.runner.Samples;
import dev.baton.runner.TaskFactory;
import dev.baton.runner.episode.MemoryPartLog;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.model.FakeModel;
import dev.baton.runner.task.Tasks;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeTest {
    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<Object> probe = kit.createTestProbe();
    private final ActorRef<RunnerSupervisor.Observed> hints = kit.spawn(
            Behaviors.receiveMessage(hint -> {
                toSupervisor(hint);
                return Behaviors.same();
            }),
            "hints");
    private final FakeChats chats = new FakeChats(NODE, hint -> hints.tell(new RunnerSupervisor.Observed(hint)));
    private final FakeModel model = new FakeModel();
    private final RunnerSettings settings = Samples.withMaxRunning(2);
    private final ActorRef<PartBuffer.Command> parts = kit.spawn(
            PartBuffer.create(new MemoryPartLog(), Publish.DURABLE, settings.episode(), count -> {}), "parts");
    private ActorRef<RunnerSupervisor.Command> supervisor = kit.system().ignoreRef();

    @AfterEach
    void stop() {
        probe.awaitAssert(() -> {
            assertThat(model.open()).isZero();
            assertThat(kit.system().printTree()).doesNotContain("flow-", "-> $", "-> chat-");
            return model;
        });
        kit.shutdownTestKit();
    }

    @Test
    void answersAMessage() {
        start(tasks());
        model.says("Hel", "lo");
        create(1);
        assertThat(awaitEnd(1).history().messages().get(1).content()).containsExactly(new Part.Text("Hello"));
        assertThat(chats.events(chat(1))).hasSizeLessThan(10);
        assertThat(chats.accepted()).hasSize(2);
    }

    @Test
    void answersMoreChatsThanItHasRoomForAtOnce() {
        start(tasks());
        for (int i = 1; i <= 10; i++) {
            create(i);
        }
        for (int i = 1; i <= 10; i++) {
            assertThat(awaitEnd(i).history().messages()).hasSize(2);
        }
    }

    @Test
    void keepsWhatWasSaidWhenItIsInterruptedAndSaysNothingInTheLog() {
        try (var log = CapturedLog.of("dev.baton")) {
            start(tasks());
            model.hangsAfter("Hel");
            ChatState running = create(1);
            awaitPart(running);
            chats.execute(chat(1), new ChatCommand.Interrupt());
            ChatState end = awaitEnd(1);
            assertThat(end.history().messages().get(1).content()).containsExactly(new Part.Text("Hel"));
            assertThat(log.aboveDebug()).isEmpty();
        }
    }

    @Test
    void startsAFailedTaskAgain() {
        var tries = new AtomicInteger();
        TaskFactory failing = new FailingTasks(work -> Behaviors.setup(context -> {
            probe.ref().tell("try " + tries.incrementAndGet());
            throw new IllegalStateException("the task cannot start");
        }));
        start(failing);
        create(1);
        probe.expectMessage("try 1");
        probe.expectMessage("try 2");
        probe.expectMessage("try 3");
        kit.stop(supervisor);
    }

    @Test
    void leavesNoChatOwnedWhenItIsDrainedInMidTurn() {
        start(tasks());
        for (int i = 1; i <= 4; i++) {
            model.hangsAfter("Hel");
        }
        awaitPart(create(1));
        awaitPart(create(2));
        create(3);
        drain();
        for (int i = 1; i <= 3; i++) {
            ChatState state = chats.state(chat(i));
            assertThat(state.hold().node()).isNull();
            assertThat(state.status()).isEqualTo(Status.RUNNING);
        }
        assertThat(model.open()).isZero();
    }

    @Test
    void drainsAgainAtOnce() {
        start(tasks());
        drain();
        drain();
    }

    private void drain() {
        TestProbe<RunnerSupervisor.Drained> drained = kit.createTestProbe();
        supervisor.tell(new RunnerSupervisor.Drain(drained.getRef()));
        drained.receiveMessage();
    }

    private void start(TaskFactory tasks) {
        supervisor = kit.spawn(RunnerSupervisor.create(NODE, chats, tasks, settings), "runners");
    }

    private void toSupervisor(RunnerSupervisor.Observed hint) {
        supervisor.tell(hint);
    }

    private TaskFactory tasks() {
        return new Tasks(
                chats,
                parts,
                model,
                () -> CompletableFuture.completedFuture(Instant.EPOCH),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                settings);
    }

    private ChatState create(int number) {
        var first = new NewMessage(List.of(new Part.Text("hi")), null, null);
        chats.execute(
                chat(number),
                new Create(OWNER, new Details("", Map.of(), false), "fake/one", null, List.of(), null, first));
        return chats.state(chat(number));
    }

    private ChatState awaitEnd(int number) {
        return probe.awaitAssert(() -> {
            ChatState state = chats.state(chat(number));
            assertThat(state.status()).isEqualTo(Status.WAITING);
            return state;
        });
    }

    private void awaitPart(ChatState state) {
        TestProbe<PartBuffer.Pulled> pulled = kit.createTestProbe();
        parts.tell(new PartBuffer.Pull(state.episode(), 0, pulled.getRef()));
        pulled.receiveMessage();
    }

    /** Tasks that are all the same. */
    private record FailingTasks(java.util.function.Function<TaskFactory.Work, Behavior<?>> task)
            implements TaskFactory {
        @Override
        public Behavior<?> generation(Work work) {
            return task.apply(work);
        }

        @Override
        public Behavior<?> interrupt(Work work) {
            return task.apply(work);
        }

        @Override
        public Behavior<?> actionTimeout(Work work) {
            return task.apply(work);
        }

        @Override
        public Behavior<?> release(Work work) {
            return task.apply(work);
        }

        @Override
        public Behavior<?> handOver(Work work) {
            return task.apply(work);
        }
    }
}
