package dev.baton.runner.task;

import static dev.baton.runner.Samples.NODE;
import static dev.baton.runner.Samples.OWNER;
import static dev.baton.runner.Samples.SETTINGS;
import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.persistence.chat.Busy;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.parts.PartSettings;
import dev.baton.runner.ChatRunner;
import dev.baton.runner.Epoch;
import dev.baton.runner.FakeChats;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.TaskFactory.Work;
import dev.baton.runner.episode.MemoryPartLog;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.model.FakeModel;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One running chat and all that a task needs to work on it. */
final class TaskFixture implements AutoCloseable {
    static final ChatId CHAT = chat(1);
    static final ClientTool TOOL = new ClientTool("weather", "tells the weather", "{}");

    final ActorTestKit kit = ActorTestKit.create();
    final FakeChats chats = new FakeChats(NODE);
    final FakeModel model = new FakeModel();
    final MemoryPartLog log = new MemoryPartLog();
    final ActorRef<PartBuffer.Command> parts =
            kit.spawn(PartBuffer.create(log, PartSettings.Publish.DURABLE, SETTINGS.episode(), count -> {}), "parts");
    final TestProbe<ChatRunner.FromTask> runner = kit.createTestProbe();
    private final Clock clock = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
    private Instant databaseTime = Instant.EPOCH;

    TaskFixture() {
        must(new ChatCommand.Create(
                OWNER, new Details("", Map.of(), false), "fake/one", "be kind", List.of(TOOL), null, say("hi")));
    }

    static NewMessage say(String text) {
        return new NewMessage(List.of(new Part.Text(text)), null, null);
    }

    ChatState state() {
        return chats.state(CHAT);
    }

    List<Message> messages() {
        return state().history().messages();
    }

    Message last() {
        return messages().get(messages().size() - 1);
    }

    ChatState must(ChatCommand command) {
        Chat.Reply reply = chats.execute(CHAT, command);
        assertThat(reply).isInstanceOf(Chat.Done.class);
        return ((Chat.Done) reply).state();
    }

    void interrupt() {
        must(new ChatCommand.Interrupt());
    }

    void send(String text) {
        must(new ChatCommand.SendMessage(say(text), Busy.QUEUE));
    }

    Work work() {
        ChatState state = state();
        var epoch = new Epoch(
                CHAT, state.hold().epoch(), Objects.requireNonNull(state.hold().node()));
        return new Work(epoch, state.hint(), runner.getRef());
    }

    Tasks tasks() {
        return tasks(SETTINGS);
    }

    Tasks tasks(RunnerSettings settings) {
        return new Tasks(chats, parts, model, this::databaseNow, clock, settings);
    }

    private synchronized CompletionStage<Instant> databaseNow() {
        return CompletableFuture.completedFuture(databaseTime);
    }

    synchronized void databaseTimePasses(Duration time) {
        databaseTime = databaseTime.plus(time);
    }

    /** Starts the task as a runner would. */
    <T> ActorRef<T> start(Behavior<T> task) {
        return kit.spawn(Behaviors.supervise(task)
                .onFailure(SupervisorStrategy.restartWithBackoff(Duration.ofMillis(1), Duration.ofMillis(2), 0)));
    }

    void runToEnd(Behavior<?> task) {
        runner.expectTerminated(start(task));
    }

    void append(EpisodeKey key, String... pieces) {
        TestProbe<Object> probe = kit.createTestProbe();
        parts.tell(new PartBuffer.Open(key, 1, probe.getRef().narrow()));
        probe.receiveMessage();
        List<Part> more = List.of(pieces).stream().<Part>map(Part.Text::new).toList();
        parts.tell(new PartBuffer.Append(key, more, null, probe.getRef().narrow()));
        probe.receiveMessage();
    }

    /** Waits until {@code pieces} parts of the episode can be read. */
    void awaitParts(EpisodeKey key, int pieces) {
        TestProbe<PartBuffer.Pulled> probe = kit.createTestProbe();
        long seen = 0;
        while (seen < pieces) {
            parts.tell(new PartBuffer.Pull(key, seen, probe.getRef()));
            seen += ((PartBuffer.Pulled.Parts) probe.receiveMessage()).parts().size();
        }
    }

    PartBuffer.Pulled pull(EpisodeKey key, long afterSeq) {
        TestProbe<PartBuffer.Pulled> probe = kit.createTestProbe();
        parts.tell(new PartBuffer.Pull(key, afterSeq, probe.getRef()));
        return probe.receiveMessage();
    }

    /** Proves that nothing is left running: no call of a model, no stream, no child of the test's guardian. */
    @Override
    public void close() {
        runner.awaitAssert(() -> {
            assertThat(model.open()).isZero();
            assertThat(kit.system().printTree()).doesNotContain("flow-", "-> $");
            return model;
        });
        kit.shutdownTestKit();
    }
}
