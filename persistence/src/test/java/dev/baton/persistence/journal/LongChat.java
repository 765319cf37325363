package dev.baton.persistence.journal;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.SnapshotSelectionCriteria;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.Recovery;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fills a journal with a long chat in few writes. */
final class LongChat extends EventSourcedBehavior<LongChat.Write, ChatEvent, Long> {
    private static final int EVENTS_PER_WRITE = 500;
    private static final NodeId NODE = new NodeId("akka://baton@127.0.0.1:25520#1");

    record Write(List<ChatEvent> events, ActorRef<Long> replyTo) {}

    private LongChat(ChatId id) {
        super(PersistenceId.of(Chat.KEY.name(), id.toString()));
    }

    /** Writes {@code events} in pieces, after whatever is in the journal. */
    static void write(ActorTestKit kit, ChatId id, List<ChatEvent> events) {
        ActorRef<Write> writer = kit.spawn(new LongChat(id));
        TestProbe<Long> written = kit.createTestProbe();
        for (int from = 0; from < events.size(); from += EVENTS_PER_WRITE) {
            int to = Math.min(from + EVENTS_PER_WRITE, events.size());
            writer.tell(new Write(events.subList(from, to), written.ref()));
            written.receiveMessage(Duration.ofSeconds(20));
        }
        kit.stop(writer);
    }

    static ChatEvent created() {
        return new ChatEvent.ChatCreated(
                "ada", new Details("long", Map.of(), false), "simulated/default", null, List.of(), null, ChatScene.NOW);
    }

    /** Five events and two messages for each turn from {@code first} to {@code last}, both included. */
    static List<ChatEvent> turns(int first, int last) {
        var events = new ArrayList<ChatEvent>();
        Instant at = ChatScene.NOW;
        for (int turn = first; turn <= last; turn++) {
            events.add(new ChatEvent.UserMessageAdded(
                    message(2L * turn - 1, Role.USER, "Question " + turn + ": how does it go on?"), false, at));
            events.add(new ChatEvent.RunnerAssigned(turn, NODE, null, at));
            events.add(new ChatEvent.AttemptStarted(1, at));
            events.add(new ChatEvent.StepCommitted(
                    List.of(message(2L * turn, Role.ASSISTANT, "word ".repeat(60))), 60, at));
            events.add(new ChatEvent.TurnEnded(at));
        }
        return events;
    }

    private static Message message(long number, Role role, String text) {
        return new Message(
                new MessageId(number),
                role,
                List.of(new Part.Text(text)),
                number,
                ChatScene.NOW,
                false,
                role == Role.ASSISTANT ? new Usage(10, 60, 0, 0) : null,
                role == Role.USER ? "client-" + number : null);
    }

    @Override
    public Long emptyState() {
        return 0L;
    }

    @Override
    public Recovery recovery() {
        return Recovery.withSnapshotSelectionCriteria(SnapshotSelectionCriteria.none());
    }

    @Override
    public CommandHandler<Write, ChatEvent, Long> commandHandler() {
        return (count, write) -> Effect()
                .persist(write.events())
                .thenRun(after -> write.replyTo().tell(after));
    }

    @Override
    public EventHandler<Long, ChatEvent> eventHandler() {
        return (count, event) -> count + 1;
    }
}
