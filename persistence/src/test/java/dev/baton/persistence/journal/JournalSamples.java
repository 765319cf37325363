package dev.baton.persistence.journal;

import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.History;
import dev.baton.persistence.chat.Hold;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.Move;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Origin;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.PendingAction;
import dev.baton.persistence.chat.Queue;
import dev.baton.persistence.chat.QueueId;
import dev.baton.persistence.chat.QueuedMessage;
import dev.baton.persistence.chat.Retry;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Sent;
import dev.baton.persistence.chat.SentMessages;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.chat.Turn;
import dev.baton.persistence.chat.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What the files in {@code src/test/resources/journal} must read to. Once written, a file and its value stay. */
final class JournalSamples {
    static final ChatId CHAT = new ChatId(UUID.fromString("0b8f5f0e-7d5c-4f6e-9a57-3f1d2c4b5a69"));
    static final NodeId NODE = new NodeId("akka://baton@127.0.0.1:25520#-4711");
    static final NodeId LEFT = new NodeId("akka://baton@127.0.0.1:25521#815");
    static final Instant AT = Instant.parse("2026-03-04T05:06:07.089Z");
    static final Failure FAILURE =
            new Failure("the provider is busy", "503 from upstream", FailureKind.OVERLOADED, "local", true, 503);
    static final Failure BARE_FAILURE = new Failure("it broke", null, FailureKind.GENERIC, null, false, null);
    static final Part.ToolCall CALL = new Part.ToolCall("call-1", "weather", "{\"city\":\"Köln\"}");
    static final Message QUESTION = new Message(
            new MessageId(1), Role.USER, List.of(new Part.Text("How warm is it? 🌡")), 2, AT, false, null, "client-1");
    static final Message ANSWER = new Message(
            new MessageId(2),
            Role.ASSISTANT,
            List.of(new Part.Reasoning("They want the weather.", "sig"), new Part.Text("Let me see."), CALL),
            5,
            AT,
            true,
            new Usage(11, 7, 3, 2),
            null);
    static final Message RESULT = new Message(
            new MessageId(3),
            Role.TOOL,
            List.of(new Part.ToolResult("call-1", "{\"celsius\":21}", false)),
            6,
            AT,
            false,
            null,
            null);
    static final QueuedMessage QUEUED = new QueuedMessage(
            new QueueId(4), List.of(new Part.Text("And tomorrow?")), "local/fast", true, "client-2", AT);
    static final QueuedMessage BARE_QUEUED =
            new QueuedMessage(new QueueId(5), List.of(new Part.Text("Thanks")), null, false, null, AT);
    static final Retry RETRY = new Retry(2, Duration.ofMillis(1500), AT.plusMillis(1500), FAILURE);
    static final PendingAction ACTION = new PendingAction(List.of(CALL), AT.plusSeconds(300));

    /** By manifest. */
    static final Map<String, ChatEvent> EVENTS = events();

    static final ChatState STATE = state();

    private JournalSamples() {}

    /** As a chat it makes no sense, but every field holds something. */
    private static ChatState state() {
        var sent = new LinkedHashMap<String, Sent>();
        sent.put("client-1", new Sent(QUESTION.id(), null));
        sent.put("client-2", new Sent(null, QUEUED.id()));
        return new ChatState(
                CHAT,
                new Origin(
                        "ada",
                        "Be brief.",
                        List.of(new ClientTool("weather", "Tells the weather", "{\"type\":\"object\"}")),
                        AT,
                        "key-1"),
                new Details("Weather", Map.of("team", "sky", "kind", "demo"), true),
                "local/fast",
                true,
                AT.plusSeconds(60),
                Status.REQUIRES_ACTION,
                new History(List.of(QUESTION, ANSWER, RESULT), 6, List.of(2L)),
                new Queue(List.of(QUEUED, BARE_QUEUED), 9),
                new Turn(QUESTION.id(), 3, 2, 1, true, RETRY, ACTION),
                FAILURE,
                new Hold(8, NODE, null),
                new SentMessages(sent),
                6,
                12);
    }

    private static Map<String, ChatEvent> events() {
        var events = new LinkedHashMap<String, ChatEvent>();
        events.put(
                "chat-created/1",
                new ChatEvent.ChatCreated(
                        "ada",
                        new Details("Weather", Map.of("team", "sky", "kind", "demo"), true),
                        "simulated/default",
                        "Be brief.",
                        List.of(new ClientTool("weather", "Tells the weather", "{\"type\":\"object\"}")),
                        "key-1",
                        AT));
        events.put("user-message-added/1", new ChatEvent.UserMessageAdded(QUESTION, false, AT));
        events.put(
                "runner-assigned/1",
                new ChatEvent.RunnerAssigned(7, NODE, new Move(LEFT, Move.Cause.HANDOVER, Duration.ofMillis(640)), AT));
        events.put("attempt-started/1", new ChatEvent.AttemptStarted(1, AT));
        events.put("step-committed/1", new ChatEvent.StepCommitted(List.of(ANSWER, RESULT), 42, AT));
        events.put("retry-scheduled/1", new ChatEvent.RetryScheduled(RETRY, AT));
        events.put("queue-changed/1", new ChatEvent.QueueChanged(List.of(QUEUED, BARE_QUEUED), AT));
        events.put("model-chosen/1", new ChatEvent.ModelChosen("local/fast", AT));
        events.put("action-required/1", new ChatEvent.ActionRequired(ACTION, AT));
        events.put("action-ended/1", new ChatEvent.ActionEnded(AT));
        events.put("interrupt-requested/1", new ChatEvent.InterruptRequested(AT));
        events.put("turn-ended/1", new ChatEvent.TurnEnded(AT));
        events.put("details-changed/1", new ChatEvent.DetailsChanged(new Details("Sky", Map.of("a", "b"), false), AT));
        events.put("chat-archived/1", new ChatEvent.ChatArchived(AT));
        events.put("chat-unarchived/1", new ChatEvent.ChatUnarchived(AT));
        events.put("compaction-requested/1", new ChatEvent.CompactionRequested(AT));
        events.put("context-compacted/1", new ChatEvent.ContextCompacted(new MessageId(2), AT));
        events.put("context-cleared/1", new ChatEvent.ContextCleared(AT));
        events.put("history-truncated/1", new ChatEvent.HistoryTruncated(new MessageId(3), AT));
        events.put("runner-released/1", new ChatEvent.RunnerReleased(AT));
        events.put("turn-failed/1", new ChatEvent.TurnFailed(FAILURE, AT));
        events.put("reconciled/1", new ChatEvent.Reconciled(BARE_FAILURE, AT));
        return events;
    }
}
