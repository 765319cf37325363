package dev.baton.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.json.ChatJson;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.Busy;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.Part;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What clients send, read from JSON. */
final class Requests {
    private static final int MAX_CLIENT_ID = 200;

    private Requests() {}

    record NewChat(
            @Nullable String model,
            @Nullable String systemPrompt,
            String title,
            Map<String, String> labels,
            List<ClientTool> tools,
            @Nullable Send message) {

        static NewChat from(Fields fields) {
            var chat = new NewChat(
                    fields.text("model").orElse(null),
                    fields.text("system_prompt").orElse(null),
                    fields.text("title").orElse(""),
                    fields.texts("labels").orElse(Map.of()),
                    tools(fields),
                    fields.object("message").map(Send::from).orElse(null));
            fields.end();
            return chat;
        }

        private static List<ClientTool> tools(Fields fields) {
            return fields.objects("tools").orElse(List.of()).stream()
                    .map(tool -> {
                        JsonNode schema = tool.any("input_schema").orElseGet(Json::object);
                        if (!(schema instanceof ObjectNode)) {
                            throw tool.wrong("input_schema", "an object");
                        }
                        var read = new ClientTool(
                                tool.requiredText("name"),
                                tool.text("description").orElse(""),
                                Fields.wellFormed("input_schema", Json.text(schema)));
                        tool.end();
                        return read;
                    })
                    .toList();
        }
    }

    record Send(
            List<Part> content,
            Busy busy,
            @Nullable String clientMessageId,
            @Nullable String model) {

        static Send from(Fields fields) {
            var send = new Send(
                    content(fields),
                    busy(fields),
                    clientMessageId(fields),
                    fields.text("model").orElse(null));
            fields.end();
            return send;
        }

        /** A message in place of another: there is nothing that could be busy. */
        static Send edit(Fields fields) {
            var send = new Send(
                    content(fields),
                    Busy.QUEUE,
                    clientMessageId(fields),
                    fields.text("model").orElse(null));
            fields.end();
            return send;
        }

        /** {@code key}: stands in for the client's message id when there is none. */
        NewMessage message(Models models, Optional<String> key) {
            return new NewMessage(
                    content,
                    model == null ? null : models.named(model).id(),
                    clientMessageId == null ? key.orElse(null) : clientMessageId);
        }

        private static Busy busy(Fields fields) {
            String name = fields.text("busy").orElse("queue");
            return Arrays.stream(Busy.values())
                    .filter(busy -> ChatJson.name(busy).equals(name))
                    .findFirst()
                    .orElseThrow(() -> fields.wrong(
                            "busy",
                            "one of "
                                    + Arrays.stream(Busy.values())
                                            .map(ChatJson::name)
                                            .collect(Collectors.joining(", "))));
        }

        private static @Nullable String clientMessageId(Fields fields) {
            String id = fields.text("client_message_id").orElse(null);
            if (id != null && (id.isBlank() || id.length() > MAX_CLIENT_ID)) {
                throw fields.wrong("client_message_id", "1 to %d characters, not all blank".formatted(MAX_CLIENT_ID));
            }
            return id;
        }

        private static List<Part> content(Fields fields) {
            JsonNode content =
                    fields.any("content").orElseThrow(() -> fields.missing("content", "a text or a list of parts"));
            if (content.isTextual()) {
                return List.of(new Part.Text(fields.requiredText("content")));
            }
            if (!content.isArray()) {
                throw fields.wrong("content", "a text or a list of parts");
            }
            return fields.objects("content").orElse(List.of()).stream()
                    .map(Send::part)
                    .toList();
        }

        private static Part part(Fields fields) {
            if (!fields.requiredText("type").equals("text")) {
                throw fields.wrong("type", "\"text\"");
            }
            var text = new Part.Text(fields.requiredText("text"));
            fields.end();
            return text;
        }
    }

    /** Absent values stay as they are. */
    record Changes(
            @Nullable String title,
            @Nullable Map<String, String> labels,
            @Nullable Boolean pinned,
            @Nullable Boolean archived) {

        static Changes from(Fields fields) {
            var changes = new Changes(
                    fields.text("title").orElse(null),
                    fields.texts("labels").orElse(null),
                    fields.flag("pinned").orElse(null),
                    fields.flag("archived").orElse(null));
            fields.end();
            return changes;
        }

        boolean changeDetails() {
            return title != null || labels != null || pinned != null;
        }
    }

    static List<Part.ToolResult> toolResults(Fields fields) {
        List<Fields> results =
                fields.objects("results").orElseThrow(() -> fields.missing("results", "a list of results"));
        List<Part.ToolResult> read = results.stream()
                .map(result -> {
                    JsonNode output = result.any("output").orElseThrow(() -> result.missing("output", "JSON"));
                    var one = new Part.ToolResult(
                            result.requiredText("call_id"),
                            Fields.wellFormed("output", Json.text(output)),
                            result.flag("is_error").orElse(false));
                    result.end();
                    return one;
                })
                .toList();
        fields.end();
        return read;
    }
}
