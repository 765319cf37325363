package dev.baton.gateway.bridge;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelException;
import dev.baton.runner.model.ModelRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Conversations for tests, and what their answers say. */
public final class Conversations {
    public static final ClientTool CLOCK = new ClientTool("clock", "tells the time", "{\"type\":\"object\"}");
    private static final ChatId CHAT = new ChatId(new UUID(0, 1));

    private Conversations() {}

    public static ModelRequest asking(String model, String prompt) {
        return asking(model, user(prompt));
    }

    public static ModelRequest asking(String model, Message... history) {
        return new ModelRequest(CHAT, "someone", model, null, numbered(List.of(history)), List.of());
    }

    public static ModelRequest offering(ClientTool tool, ModelRequest request) {
        return new ModelRequest(
                request.chat(),
                request.owner(),
                request.model(),
                request.systemPrompt(),
                request.history(),
                List.of(tool));
    }

    public static Message user(String text) {
        return message(Role.USER, new Part.Text(text));
    }

    public static Message assistant(String text) {
        return message(Role.ASSISTANT, new Part.Text(text));
    }

    public static Message message(Role role, Part... content) {
        return new Message(new MessageId(1), role, List.of(content), 1, Instant.EPOCH, false, null, null);
    }

    public static String textOf(Collection<ModelEvent> events) {
        var text = new StringBuilder();
        for (ModelEvent event : events) {
            if (event instanceof ModelEvent.Streamed streamed && streamed.part() instanceof Part.Text piece) {
                text.append(piece.text());
            }
        }
        return text.toString();
    }

    public static ModelEvent last(List<ModelEvent> events) {
        return events.get(events.size() - 1);
    }

    /** The classified failure that {@code thrown} is or was caused by. */
    public static ModelException modelFailure(Throwable thrown) {
        for (Throwable each = thrown; each != null; each = each.getCause()) {
            if (each instanceof ModelException failure) {
                return failure;
            }
        }
        throw new AssertionError("not a classified failure", thrown);
    }

    private static List<Message> numbered(List<Message> history) {
        var numbered = new ArrayList<Message>();
        for (Message each : history) {
            numbered.add(new Message(
                    new MessageId(numbered.size() + 1),
                    each.role(),
                    each.content(),
                    numbered.size() + 1,
                    each.createdAt(),
                    each.interrupted(),
                    each.usage(),
                    each.clientMessageId()));
        }
        return numbered;
    }
}
