package dev.baton.gateway.stream;

import akka.NotUsed;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.stream.javadsl.Source;
import akka.stream.testkit.TestSubscriber;
import akka.stream.testkit.javadsl.TestSink;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.gateway.auth.Caller;
import dev.baton.gateway.auth.TokenEnds;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.parts.PartSettings;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.RunnerSupervisor;
import dev.baton.runner.episode.PartBuffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import scala.jdk.javaapi.DurationConverters;

/** One chat in memory, a real part buffer, and the sockets that follow it. */
final class StreamScene implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final NodeId OTHER = new NodeId("akka://baton@127.0.0.1:25521#2");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    final ActorTestKit kit = ActorTestKit.create();
    final MemoryChats chats = new MemoryChats(kit);
    final MemoryList list = new MemoryList();
    final ChatId chat = new ChatId(new UUID(7, 7));
    final TestProbe<RunnerSupervisor.Command> supervisor = kit.createTestProbe();
    private final MemoryPartLog log = new MemoryPartLog();
    private final MemoryPartLog otherLog = new MemoryPartLog();
    final ActorRef<PartBuffer.Command> parts = buffer(log);
    /** The buffer of {@link #OTHER}. */
    final ActorRef<PartBuffer.Command> otherParts = buffer(otherLog);

    final TokenEnds ends = new TokenEnds(
            Clock.fixed(MemoryChats.NOW, ZoneOffset.UTC),
            (delay, work) -> kit.system()
                    .scheduler()
                    .scheduleOnce(delay, work, kit.system().executionContext()));
    /** In whose name the streams are opened. */
    Caller caller = Caller.LOCAL;

    final Sockets sockets;

    StreamScene() {
        this(4);
    }

    StreamScene(int buffer) {
        this(settings(buffer, Duration.ofHours(1)));
    }

    StreamScene(StreamSettings settings) {
        sockets = Sockets.start(
                kit.system(), new ChatSources(chats, chats, list, new TwoRunnerNodes()), ends, settings, () -> 0.5);
    }

    static StreamSettings settings(int buffer, Duration maxAge) {
        return settings(buffer, maxAge, Duration.ofSeconds(5));
    }

    /** Sockets that wait so long for an answer. */
    static StreamSettings patient(Duration answerLimit) {
        return settings(4, Duration.ofHours(1), answerLimit);
    }

    private static StreamSettings settings(int buffer, Duration maxAge, Duration answerLimit) {
        return new StreamSettings(
                buffer,
                3,
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                answerLimit,
                Duration.ofMillis(10),
                Duration.ofMillis(200),
                maxAge,
                Duration.ofMillis(20));
    }

    @Override
    public void close() {
        kit.shutdownTestKit();
    }

    ChatState execute(ChatCommand command) {
        return chats.execute(chat, command);
    }

    ChatState state() {
        return chats.state(chat);
    }

    /** A chat whose first turn runs. */
    void running() {
        execute(MemoryChats.create());
        execute(MemoryChats.send("hello"));
    }

    private ActorRef<PartBuffer.Command> buffer(MemoryPartLog log) {
        return kit.spawn(PartBuffer.create(
                log,
                PartSettings.Publish.DURABLE,
                new RunnerSettings.Episode(1 << 20, Duration.ofMinutes(1)),
                count -> {}));
    }

    /** The running attempt says {@code words}, a part each. */
    void say(String... words) {
        say(parts, words);
    }

    /** A runner that says its first words finds all but the last of them in the log. */
    void say(ActorRef<PartBuffer.Command> buffer, String... words) {
        EpisodeKey key = state().episode();
        List<Part> all = Stream.of(words).<Part>map(Part.Text::new).toList();
        boolean isNew = (buffer.equals(parts) ? log : otherLog).begin(key, all.subList(0, all.size() - 1));
        TestProbe<Object> answers = kit.createTestProbe();
        buffer.tell(new PartBuffer.Open(key, 1, answers.ref().narrow()));
        answers.receiveMessage();
        buffer.tell(new PartBuffer.Append(
                key,
                isNew ? all.subList(all.size() - 1, all.size()) : all,
                null,
                answers.ref().narrow()));
        answers.receiveMessage();
    }

    /** What was said becomes the answer. */
    void finish(String... words) {
        ChatState state = state();
        parts.tell(new PartBuffer.Close(state.episode()));
        otherParts.tell(new PartBuffer.Close(state.episode()));
        execute(new ChatCommand.FinishTurn(
                MemoryChats.fence(state), MemoryChats.step(String.join("", words), words.length)));
    }

    Source<ByteString, NotUsed> source(Optional<String> after) {
        return get(sockets.follow(caller, state(), after)).eventStream();
    }

    Follower follow() {
        return new Follower(source(Optional.empty()));
    }

    Follower follow(String after) {
        return new Follower(source(Optional.of(after)));
    }

    static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
    }

    /** This node, with the scene's supervisor, and {@link #OTHER}. */
    private final class TwoRunnerNodes implements RunnerNodes {
        @Override
        public RunnerNode here() {
            return new RunnerNode(parts, supervisor.ref());
        }

        @Override
        public RunnerNode at(NodeId node) {
            return node.equals(OTHER) ? new RunnerNode(otherParts, kit.system().ignoreRef()) : here();
        }
    }

    /** A client that takes one event after the other, when it is asked to. */
    final class Follower {
        final TestSubscriber.Probe<ByteString> probe;

        Follower(Source<ByteString, NotUsed> source) {
            probe = source.runWith(TestSink.create(kit.system()), kit.system());
        }

        JsonNode next() {
            probe.request(1);
            return json(probe.expectNext(DurationConverters.toScala(PATIENCE)));
        }

        /** What comes up to the first event that {@code last} holds for, that one included. */
        List<JsonNode> until(Predicate<JsonNode> last) {
            var events = new ArrayList<JsonNode>();
            do {
                events.add(next());
            } while (!last.test(events.get(events.size() - 1)));
            return events;
        }

        void leave() {
            probe.cancel();
        }
    }

    static Predicate<JsonNode> status(String status) {
        return event -> event.path("type").asText().equals("status")
                && event.path("status").asText().equals(status);
    }

    /** The event in a frame, whose id and name must be those of its data. */
    static JsonNode json(ByteString frame) {
        List<String> lines = frame.utf8String().lines().toList();
        try {
            JsonNode data = MAPPER.readTree(lines.get(2).substring("data: ".length()));
            if (!lines.get(0).equals("id: " + data.path("id").asText())
                    || !lines.get(1).equals("event: " + data.path("type").asText())) {
                throw new AssertionError(frame.utf8String());
            }
            return data;
        } catch (IOException noJson) {
            throw new UncheckedIOException(noJson);
        }
    }

    static List<String> ids(List<JsonNode> events) {
        return events.stream().map(event -> event.path("id").asText()).toList();
    }

    /** Events in few words: {@code message m1}, {@code part 3}, {@code status running}. */
    static List<String> inShort(List<JsonNode> events) {
        return events.stream().map(StreamScene::inShort).toList();
    }

    static String inShort(JsonNode event) {
        String type = event.path("type").asText();
        return switch (type) {
            case "message" -> "message " + event.path("message").path("id").asText();
            case "message_part" -> "part " + event.path("seq").asLong();
            case "status" ->
                "status " + event.path("status").asText()
                        + (event.has("queue_position")
                                ? " " + event.path("queue_position").asInt()
                                : "");
            case "queue_update" -> "queue " + event.path("queued_messages").size();
            default -> type;
        };
    }
}
