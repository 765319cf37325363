package dev.baton.gateway.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.PendingAction;
import dev.baton.persistence.chat.QueuedMessage;
import dev.baton.persistence.chat.Retry;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.view.ChatRow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chats and what they are made of, as clients see them. */
public final class ChatJson {

    private ChatJson() {}

    /** The constant's name as it stands in JSON. */
    public static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** All of a chat but its messages. */
    public static ObjectNode chat(ChatState chat) {
        ObjectNode json = Json.object();
        json.put("id", chat.id().toString());
        json.put("status", name(chat.status()));
        json.put("title", chat.details().title());
        json.put("model", chat.model());
        json.put("version", chat.version());
        json.put("archived", chat.archived());
        json.put("pinned", chat.details().pinned());
        json.set("labels", labels(chat.details().labels()));
        json.put("owner", chat.origin().owner());
        json.put("queued_messages", chat.queue().messages().size());
        json.put("created_at", chat.origin().createdAt().toString());
        json.put("updated_at", chat.updatedAt().toString());
        putUnlessNull(json, "system_prompt", chat.origin().systemPrompt());
        json.put("history_version", chat.history().version());
        json.put("queue_version", chat.queue().version());
        if (chat.failure() != null) {
            json.set("error", failure(chat.failure()));
        }
        if (chat.turn().retry() != null) {
            json.set("retry", retry(chat.turn().retry()));
        }
        if (chat.turn().action() != null) {
            json.set("action_required", action(chat.turn().action()));
        }
        return json;
    }

    /** A chat as lists show it: the fields of {@link #chat} that every chat has. */
    public static ObjectNode row(ChatRow row) {
        ObjectNode json = Json.object();
        json.put("id", row.id().toString());
        json.put("status", name(row.status()));
        json.put("title", row.title());
        json.put("model", row.model());
        json.put("version", row.version());
        json.put("archived", row.archived());
        json.put("pinned", row.pinned());
        json.set("labels", labels(row.labels()));
        json.put("owner", row.owner());
        json.put("queued_messages", row.queuedMessages());
        json.put("created_at", row.createdAt().toString());
        json.put("updated_at", row.updatedAt().toString());
        return json;
    }

    public static ObjectNode labels(Map<String, String> labels) {
        ObjectNode json = Json.object();
        labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(label -> json.put(label.getKey(), label.getValue()));
        return json;
    }

    public static ObjectNode message(Message message) {
        ObjectNode json = Json.object();
        json.put("id", message.id().toString());
        json.put("role", name(message.role()));
        json.set("content", content(message.content()));
        json.put("version", message.version());
        json.put("created_at", message.createdAt().toString());
        if (message.interrupted()) {
            json.put("interrupted", true);
        }
        if (message.usage() != null) {
            json.set("usage", usage(message.usage()));
        }
        putUnlessNull(json, "client_message_id", message.clientMessageId());
        putUnlessNull(json, "ending", message.ending() == null ? null : name(message.ending()));
        return json;
    }

    public static ArrayNode queue(List<QueuedMessage> queue) {
        ArrayNode json = Json.array();
        queue.forEach(message -> json.add(queued(message)));
        return json;
    }

    public static ObjectNode queued(QueuedMessage message) {
        ObjectNode json = Json.object();
        json.put("id", message.id().toString());
        json.set("content", content(message.content()));
        putUnlessNull(json, "model", message.model());
        json.put("steer", message.steer());
        putUnlessNull(json, "client_message_id", message.clientMessageId());
        json.put("created_at", message.createdAt().toString());
        return json;
    }

    private static ArrayNode content(List<Part> content) {
        ArrayNode json = Json.array();
        content.forEach(part -> json.add(part(part)));
        return json;
    }

    /** A call's arguments stay the text that the model wrote, which may be no JSON; a result is JSON as it is. */
    public static ObjectNode part(Part part) {
        ObjectNode json = Json.object();
        if (part instanceof Part.Text text) {
            return json.put("type", "text").put("text", text.text());
        }
        if (part instanceof Part.Reasoning reasoning) {
            json.put("type", "reasoning").put("text", reasoning.text());
            putUnlessNull(json, "signature", reasoning.signature());
            return json;
        }
        if (part instanceof Part.ToolCall call) {
            return call(json.put("type", "tool_call"), call);
        }
        if (part instanceof Part.ToolResult result) {
            json.put("type", "tool_result").put("call_id", result.callId());
            json.set("output", Json.embedded(result.output()));
            return json.put("is_error", result.error());
        }
        throw new IllegalArgumentException("no shape for " + part.getClass());
    }

    private static ObjectNode call(ObjectNode json, Part.ToolCall call) {
        return json.put("id", call.id()).put("name", call.name()).put("arguments", call.arguments());
    }

    public static ObjectNode action(PendingAction action) {
        ObjectNode json = Json.object();
        ArrayNode calls = json.putArray("tool_calls");
        action.calls().forEach(each -> calls.add(call(Json.object(), each)));
        json.put("deadline", action.deadline().toString());
        return json;
    }

    public static ObjectNode retry(Retry retry) {
        ObjectNode json = Json.object();
        json.put("attempt", retry.attempt());
        json.put("delay_ms", retry.delay().toMillis());
        json.put("until", retry.until().toString());
        json.set("error", failure(retry.failure()));
        return json;
    }

    public static ObjectNode failure(Failure failure) {
        ObjectNode json = Json.object();
        json.put("message", failure.message());
        putUnlessNull(json, "detail", failure.detail());
        json.put("kind", name(failure.kind()));
        putUnlessNull(json, "provider", failure.provider());
        json.put("retryable", failure.retryable());
        if (failure.statusCode() != null) {
            json.put("status_code", failure.statusCode());
        }
        return json;
    }

    public static ObjectNode usage(Usage usage) {
        return Json.object()
                .put("input_tokens", usage.inputTokens())
                .put("output_tokens", usage.outputTokens())
                .put("cached_tokens", usage.cachedTokens())
                .put("reasoning_tokens", usage.reasoningTokens())
                .put("cache_write_tokens", usage.cacheWriteTokens());
    }

    private static void putUnlessNull(ObjectNode json, String field, @Nullable String value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
