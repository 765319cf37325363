package dev.baton.persistence.chat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values that say no more than a test needs. */
final class Samples {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant DEADLINE = START.plus(Duration.ofDays(1));
    static final NodeId NODE = new NodeId("akka://baton@127.0.0.1:25520#1");
    static final NodeId OTHER_NODE = new NodeId("akka://baton@127.0.0.1:25521#2");
    static final Failure FAILURE =
            new Failure("the provider is overloaded", null, FailureKind.OVERLOADED, "simulated", true, 529);

    private Samples() {}

    static ChatCommand.Create newChat() {
        return newChat(null, null);
    }

    static ChatCommand.Create newChat(String first) {
        return newChat(null, message(first));
    }

    static ChatCommand.Create newChat(@Nullable String requestKey, @Nullable NewMessage first) {
        return new ChatCommand.Create("ada", Details.NONE, "simulated/default", null, List.of(), requestKey, first);
    }

    static ChatCommand.Create newChatWith(Details details, ClientTool... tools) {
        return new ChatCommand.Create("ada", details, "simulated/default", null, List.of(tools), null, null);
    }

    static Details details(String title, Map<String, String> labels) {
        return new Details(title, labels, false);
    }

    static NewMessage message(String text) {
        return message(text, null);
    }

    static NewMessage message(String text, @Nullable String clientMessageId) {
        return new NewMessage(content(text), null, clientMessageId);
    }

    static List<Part> content(String text) {
        return List.of(new Part.Text(text));
    }

    static ChatCommand.SendMessage send(Busy busy, String text) {
        return new ChatCommand.SendMessage(message(text), busy);
    }

    static ChatCommand.SendMessage send(Busy busy, String text, String clientMessageId) {
        return new ChatCommand.SendMessage(message(text, clientMessageId), busy);
    }

    static Step answer(String text) {
        return new Step(Role.ASSISTANT, content(text), Usage.NONE, 1);
    }

    static Step nothing() {
        return new Step(Role.ASSISTANT, List.of(), null, 0);
    }

    static Step calls(String... ids) {
        return new Step(
                Role.ASSISTANT,
                Stream.of(ids)
                        .<Part>map(id -> new Part.ToolCall(id, "look", "{}"))
                        .toList(),
                Usage.NONE,
                1);
    }

    static Step results(String... ids) {
        return new Step(
                Role.TOOL, List.copyOf(Stream.of(ids).map(Samples::result).toList()), null, 0);
    }

    static List<Part.ToolResult> resultsOf(List<Part.ToolCall> calls) {
        return calls.stream().map(call -> result(call.id())).toList();
    }

    static Part.ToolResult result(String id) {
        return new Part.ToolResult(id, "\"seen\"", false);
    }

    static Part.ToolResult cancelled(String id) {
        return new Part.ToolResult(id, Draft.CANCELLED, true);
    }
}
