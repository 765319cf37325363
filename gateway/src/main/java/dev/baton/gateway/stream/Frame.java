package dev.baton.gateway.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ChatId;

/** One event on its way to a client. {@code id} is where the client stands once it has it. */
public record Frame(String id, String type, ObjectNode json) {

    static Frame of(ChatId chat, Cursor cursor, WireEvent event) {
        return of(chat, cursor.textFor(chat), event);
    }

    static Frame of(ChatId chat, String id, WireEvent event) {
        ObjectNode json = common(id, event.type()).put("chat_id", chat.toString());
        json.setAll(event.body());
        return new Frame(id, event.type(), json);
    }

    static Frame of(String id, WireEvent event) {
        ObjectNode json = common(id, event.type());
        json.setAll(event.body());
        return new Frame(id, event.type(), json);
    }

    private static ObjectNode common(String id, String type) {
        return Json.object().put("id", id).put("type", type);
    }

    String text() {
        return Json.text(json);
    }
}
