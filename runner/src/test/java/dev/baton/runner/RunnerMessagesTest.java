package dev.baton.runner;

import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.journal.CborSerializable;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.episode.PartBuffer.Pulled;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the nodes of a cluster tell each other about runners. */
class RunnerMessagesTest {
    private static final ActorTestKit KIT = ActorTestKit.create("RunnerMessagesTest");
    private static final EpisodeKey KEY = new EpisodeKey(chat(1), 7, 2);
    private static final List<Part> PARTS = List.of(
            new Part.Text("hi"),
            new Part.Reasoning("so", null),
            new Part.ToolCall("c1", "ls", "{}"),
            new Part.ToolResult("c1", "{}", true));

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messagesCrossNodes(CborSerializable message) {
        KIT.serializationTestKit().verifySerialization(message, true);
    }

    @Test
    void everyMessageHasASample() {
        assertThat(messages().<Class<?>>map(Object::getClass))
                .containsExactlyInAnyOrderElementsOf(Stream.of(PartBuffer.class, RunnerSupervisor.class, Pulled.class)
                        .flatMap(owner -> Arrays.stream(owner.getDeclaredClasses()))
                        .filter(type -> CborSerializable.class.isAssignableFrom(type) && !type.isInterface())
                        .toList());
    }

    static Stream<CborSerializable> messages() {
        TestProbe<Pulled> pulls = KIT.createTestProbe();
        TestProbe<PartBuffer.Collected> collects = KIT.createTestProbe();
        TestProbe<RunnerSupervisor.Position> watches = KIT.createTestProbe();
        TestProbe<RunnerSupervisor.Explanation> explanations = KIT.createTestProbe();
        return Stream.of(
                new PartBuffer.Pull(KEY, 4, pulls.ref()),
                new PartBuffer.CancelPull(pulls.ref()),
                new PartBuffer.Peek(KEY, 4, pulls.ref()),
                new PartBuffer.Collect(KEY, collects.ref()),
                new Pulled.Parts(KEY, 5, PARTS),
                new Pulled.Ended(KEY, 4),
                new Pulled.Lost(KEY, 3),
                new PartBuffer.Collected(KEY, PARTS),
                new RunnerSupervisor.Observed(Samples.hint(3, 9, 7, Status.RUNNING)),
                new RunnerSupervisor.Explain(chat(1), explanations.ref()),
                new RunnerSupervisor.Explanation(chat(1), 3, "streaming", 0, 7, 1000, true),
                new RunnerSupervisor.WatchPosition(chat(1), watches.ref()),
                new RunnerSupervisor.UnwatchPosition(chat(1), watches.ref()),
                new RunnerSupervisor.Position(chat(1), 3));
    }
}
