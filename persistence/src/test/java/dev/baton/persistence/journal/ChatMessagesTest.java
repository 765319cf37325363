package dev.baton.persistence.journal;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.SerializationTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.serialization.SerializationExtension;
import dev.baton.persistence.chat.Busy;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.Fence;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.QueueId;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Sent;
import dev.baton.persistence.chat.State;
import dev.baton.persistence.chat.Step;
import dev.baton.persistence.chat.Usage;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChatMessagesTest {
    private static final ActorTestKit KIT = ActorTestKit.create("ChatMessagesTest");
    private static final SerializationTestKit SERIALIZATION = KIT.serializationTestKit();
    private static final Fence FENCE = new Fence(7, 42);
    private static final Step STEP =
            new Step(Role.ASSISTANT, List.of(new Part.Text("hi"), JournalSamples.CALL), new Usage(1, 2, 3, 4), 9);
    private static final NewMessage MESSAGE = new NewMessage(List.of(new Part.Text("hello")), "local/fast", "client-1");

    @AfterAll
    static void shutDown() {
        KIT.shutdownTestKit();
    }

    @Test
    void everyCommandOfAChatHasASample() {
        assertThat(commands().<Class<?>>map(Object::getClass)).containsAll(leaves(ChatCommand.class));
    }

    @Test
    void everyMessageHasASample() {
        assertThat(messages().<Class<?>>map(Object::getClass))
                .containsAll(Stream.of(Chat.Command.class, Chat.Reply.class, Chat.Update.class)
                        .flatMap(family -> leaves(family).stream())
                        .filter(type -> type != Chat.IdleNow.class && type != Chat.SnapshotEnded.class)
                        .toList())
                .contains(Chat.Current.class);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void commandsCrossNodes(ChatCommand command) {
        TestProbe<Chat.Reply> replyTo = KIT.createTestProbe();
        SERIALIZATION.verifySerialization(new Chat.Execute(command, replyTo.ref()), true);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void messagesCrossNodes(CborSerializable message) throws NotSerializableException {
        SERIALIZATION.verifySerialization(message, true);
        assertThat(SerializationExtension.get(KIT.system())
                        .serializerFor(message.getClass())
                        .getClass()
                        .getSimpleName())
                .isEqualTo("JacksonCborSerializer");
    }

    static Stream<CborSerializable> messages() {
        TestProbe<Chat.Reply> replyTo = KIT.createTestProbe();
        TestProbe<Chat.Current> currentTo = KIT.createTestProbe();
        TestProbe<Chat.Update> subscriber = KIT.createTestProbe();
        TestProbe<Chat.Command> chat = KIT.createTestProbe();
        return Stream.of(
                new Chat.Execute(new ChatCommand.Interrupt(), replyTo.ref()),
                new Chat.Get(currentTo.ref()),
                new Chat.Subscribe(subscriber.ref()),
                new Chat.Unsubscribe(subscriber.ref()),
                new Chat.TakeOver(8),
                new Chat.Announce(),
                new Chat.Done(JournalSamples.STATE, new Sent(null, new QueueId(4))),
                new Chat.Done(JournalSamples.STATE, null),
                new Chat.Refused(ErrorCode.FENCED, "too late", State.R1),
                new Chat.Refused(ErrorCode.CHAT_STATE_IMPOSSIBLE, "broken", null),
                new Chat.Current(JournalSamples.STATE),
                new Chat.Subscribed(JournalSamples.STATE, chat.ref()),
                new Chat.Committed(JournalSamples.CHAT, 5, List.copyOf(JournalSamples.EVENTS.values())));
    }

    static Stream<ChatCommand> commands() {
        return Stream.of(
                new ChatCommand.Create(
                        "ada",
                        new Details("Weather", Map.of("team", "sky"), true),
                        "simulated/default",
                        "Be brief.",
                        JournalSamples.STATE.origin().tools(),
                        "key-1",
                        MESSAGE),
                new ChatCommand.Create("ada", new Details("", Map.of(), false), "m", null, List.of(), null, null),
                new ChatCommand.SendMessage(MESSAGE, Busy.STEER),
                new ChatCommand.SendMessage(
                        new NewMessage(List.of(new Part.Reasoning("so", null)), null, null), Busy.QUEUE),
                new ChatCommand.EditMessage(new MessageId(1), MESSAGE),
                new ChatCommand.DeleteQueued(new QueueId(4)),
                new ChatCommand.PromoteQueued(new QueueId(4)),
                new ChatCommand.Interrupt(),
                new ChatCommand.CompleteAction(List.of(new Part.ToolResult("call-1", "{}", true))),
                new ChatCommand.Compact(),
                new ChatCommand.Clear(),
                new ChatCommand.Archive(),
                new ChatCommand.Unarchive(),
                new ChatCommand.UpdateDetails("Sky", Map.of("a", "b"), true),
                new ChatCommand.UpdateDetails(null, null, null),
                new ChatCommand.Reconcile(),
                new ChatCommand.AssignRunner(7),
                new ChatCommand.ReleaseRunner(8),
                new ChatCommand.HandOver(8, JournalSamples.AT),
                new ChatCommand.HandOver(8, null),
                new ChatCommand.StartAttempt(FENCE, 3),
                new ChatCommand.ScheduleRetry(FENCE, JournalSamples.FAILURE, Duration.ofMillis(1500)),
                new ChatCommand.CommitStep(FENCE, STEP),
                new ChatCommand.RequireAction(FENCE, STEP, JournalSamples.AT),
                new ChatCommand.RequireAction(FENCE, null, JournalSamples.AT),
                new ChatCommand.FinishInterruption(FENCE, STEP),
                new ChatCommand.FinishTurn(FENCE, STEP),
                new ChatCommand.FinishTurn(FENCE, null),
                new ChatCommand.FailTurn(FENCE, JournalSamples.BARE_FAILURE),
                new ChatCommand.CancelAction(FENCE));
    }

    private static List<Class<?>> leaves(Class<?> type) {
        return type.isSealed()
                ? Stream.of(type.getPermittedSubclasses())
                        .flatMap(permitted -> leaves(permitted).stream())
                        .toList()
                : List.of(type);
    }
}
