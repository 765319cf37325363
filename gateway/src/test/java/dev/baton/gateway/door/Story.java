package dev.baton.gateway.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.json.ChatJson;
import dev.baton.gateway.json.Json;
import dev.baton.gateway.stream.Frame;
import dev.baton.gateway.stream.MemoryChats;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Parts;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Usage;
import java.util.ArrayList;
import java.util.List;

/** What a chat's stream tells of one turn, as it is told live or to who comes when all is committed. */
public final class Story {
    private final List<Frame> live = new ArrayList<>();
    private final List<Frame> past = new ArrayList<>();
    private int events = 10;

    /** With the parts of running steps. */
    public List<Frame> live() {
        return List.copyOf(live);
    }

    /** Of the journal alone. */
    public List<Frame> past() {
        return List.copyOf(past);
    }

    private Story event(String type, ObjectNode json) {
        events++;
        var frame = new Frame(Integer.toString(events), type, json);
        live.add(frame);
        past.add(frame);
        return this;
    }

    public Story says(Part... parts) {
        for (Part part : parts) {
            ObjectNode json = Json.object();
            json.set("part", ChatJson.part(part));
            live.add(new Frame(Integer.toString(events), "message_part", json));
        }
        return this;
    }

    public Story says(String... words) {
        for (String word : words) {
            says(new Part.Text(word));
        }
        return this;
    }

    /** Shown parts are lost and come again, those of the same attempt. */
    public Story forgets() {
        live.add(new Frame(Integer.toString(events), "preview_reset", Json.object()));
        return this;
    }

    public Story beginsAgain(int attempt) {
        return event("preview_reset", Json.object().put("attempt", attempt));
    }

    public Story commits(Part... parts) {
        return message(Role.ASSISTANT, false, parts);
    }

    public Story commitsHalf(Part... parts) {
        return message(Role.ASSISTANT, true, parts);
    }

    public Story message(Role role, boolean interrupted, Part... parts) {
        var message = new Message(
                new MessageId(events),
                role,
                Parts.joined(List.of(parts)),
                events,
                MemoryChats.NOW,
                interrupted,
                role == Role.ASSISTANT ? new Usage(10, 4, 3, 2) : null,
                null);
        ObjectNode json = Json.object();
        json.set("message", ChatJson.message(message));
        return event("message", json);
    }

    public Story status(String status) {
        return event("status", Json.object().put("status", status));
    }

    public Story fails(String kind) {
        ObjectNode json = Json.object();
        json.putObject("error").put("kind", kind).put("message", "it did not work");
        return event("error", json).status("error");
    }

    public static Part text(String text) {
        return new Part.Text(text);
    }
}
