package dev.baton.persistence.view;

import static dev.baton.persistence.view.SampleChat.message;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ViewFeedTest {
    private static final Instant AT = Instant.parse("2026-05-01T10:00:00Z");
    private static final ChatId CHAT = new ChatId(new UUID(0, 1));
    private static final NodeId NODE = new NodeId("akka://baton@a:1#1");

    private final TestInbox<ChatRowWriter.Command> writer = TestInbox.create();
    private final ViewFeed feed = new ViewFeed(writer.getRef());
    private ChatState state = ChatState.none(CHAT);

    @Test
    void aNewChatIsAllThereIs() {
        Message first = message(1, "hello");
        ChatUpdate update = commit(
                new ChatEvent.ChatCreated(
                        "ann", new Details("hi", Map.of("a", "b"), true), "m", null, List.of(), null, AT),
                new ChatEvent.UserMessageAdded(first, false, AT),
                new ChatEvent.RunnerAssigned(1, NODE, null, AT));
        assertThat(update.row())
                .isEqualTo(new ChatRow(
                        CHAT,
                        "ann",
                        "hi",
                        "m",
                        Status.RUNNING,
                        false,
                        true,
                        Map.of("a", "b"),
                        0,
                        3,
                        1,
                        NODE,
                        null,
                        true,
                        AT,
                        AT));
        assertThat(update.messages()).isEqualTo(new MessageChanges(0, 3, OptionalLong.of(1), List.of(first)));
    }

    @Test
    void aStepBringsItsMessages() {
        create();
        Message answer = message(2, "hi");
        ChatUpdate update = commit(
                new ChatEvent.StepCommitted(List.of(answer), 0, AT),
                new ChatEvent.RunnerReleased(AT),
                new ChatEvent.TurnEnded(AT));
        assertThat(update.row().status()).isEqualTo(Status.WAITING);
        assertThat(update.row().hasWork()).isFalse();
        assertThat(update.messages()).isEqualTo(new MessageChanges(2, 5, OptionalLong.of(2), List.of(answer)));
    }

    @Test
    void anEditReplacesWhatWasCutOff() {
        create();
        Message edited = message(3, "hello?");
        ChatUpdate update = commit(
                new ChatEvent.HistoryTruncated(new MessageId(1), AT),
                new ChatEvent.UserMessageAdded(edited, false, AT));
        assertThat(update.messages()).isEqualTo(new MessageChanges(2, 4, OptionalLong.of(1), List.of(edited)));
    }

    @Test
    void whatDoesNotTouchMessagesBringsNone() {
        create();
        ChatUpdate update =
                commit(new ChatEvent.TurnFailed(new Failure("no", null, FailureKind.AUTH, null, false, 401), AT));
        assertThat(update.row().lastError()).isEqualTo(new LastError(FailureKind.AUTH, "no"));
        assertThat(update.messages()).isEqualTo(new MessageChanges(2, 3, OptionalLong.empty(), List.of()));
    }

    @Test
    void anAnnouncementIsTheWholeChat() {
        create();
        feed.announced(state);
        assertThat(received().messages()).isEqualTo(MessageChanges.all(2, List.of(message(1, "hello"))));
    }

    private void create() {
        commit(
                new ChatEvent.ChatCreated("ann", new Details("hi", Map.of(), false), "m", null, List.of(), null, AT),
                new ChatEvent.UserMessageAdded(message(1, "hello"), false, AT));
    }

    private ChatUpdate commit(ChatEvent... events) {
        for (ChatEvent event : events) {
            state = state.apply(event);
        }
        feed.committed(state, List.of(events));
        return received();
    }

    private ChatUpdate received() {
        return ((ChatRowWriter.Update) writer.receiveMessage()).update();
    }
}
