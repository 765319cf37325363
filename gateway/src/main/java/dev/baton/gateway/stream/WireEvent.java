package dev.baton.gateway.stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.auth.TokenEnds;
import dev.baton.gateway.json.ChatJson;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Move;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.PendingAction;
import dev.baton.persistence.chat.QueuedMessage;
import dev.baton.persistence.chat.Retry;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.view.ChatRow;
import java.time.Duration;
import java.util.List;

/** What a client is told, without its place in the order. {@code body} holds the fields after the common ones. */
record WireEvent(String type, ObjectNode body) {

    static WireEvent message(Message message) {
        ObjectNode body = Json.object();
        body.set("message", ChatJson.message(message));
        return new WireEvent("message", body);
    }

    static WireEvent part(Cursor.Seen place, Part part) {
        ObjectNode body = Json.object()
                .put("history_version", place.historyVersion())
                .put("attempt", place.attempt())
                .put("seq", place.seq())
                .put("role", "assistant");
        body.set("part", ChatJson.part(part));
        return new WireEvent("message_part", body);
    }

    static WireEvent status(Status status) {
        return new WireEvent("status", Json.object().put("status", ChatJson.name(status)));
    }

    /** The chat waits for capacity; 1 = it is the next. 0 = it no longer waits. */
    static WireEvent waiting(Status status, int position) {
        ObjectNode body = status(status).body();
        return new WireEvent("status", position == 0 ? body : body.put("queue_position", position));
    }

    static WireEvent queue(List<QueuedMessage> queue) {
        ObjectNode body = Json.object();
        body.set("queued_messages", ChatJson.queue(queue));
        return new WireEvent("queue_update", body);
    }

    static WireEvent action(PendingAction action) {
        return new WireEvent("action_required", ChatJson.action(action));
    }

    static WireEvent retry(Retry retry) {
        return new WireEvent("retry", ChatJson.retry(retry));
    }

    static WireEvent error(Failure failure) {
        ObjectNode body = Json.object();
        body.set("error", ChatJson.failure(failure));
        return new WireEvent("error", body);
    }

    static WireEvent moved(Move move, NodeId to) {
        ObjectNode body = Json.object()
                .put("from", move.from().value())
                .put("to", to.value())
                .put("cause", ChatJson.name(move.cause()));
        if (move.pause() != null) {
            body.put("pause_ms", move.pause().toMillis());
        }
        return new WireEvent("moved", body);
    }

    static WireEvent previewReset() {
        return new WireEvent("preview_reset", Json.object());
    }

    /** What was shown of the attempts before is void. */
    static WireEvent newAttempt(int attempt) {
        return new WireEvent("preview_reset", Json.object().put("attempt", attempt));
    }

    static WireEvent historyReset() {
        return new WireEvent("history_reset", Json.object());
    }

    static WireEvent reconnect(Duration delay) {
        return new WireEvent("reconnect", Json.object().put("delay_ms", delay.toMillis()));
    }

    /** The last word: nothing more is told in the name of this token. */
    static WireEvent unauthenticated(TokenEnds.Ending why) {
        return new WireEvent("unauthenticated", Json.object().put("reason", ChatJson.name(why)));
    }

    /** The first word of a stream that begins with nothing: from here on nothing is missed. */
    static WireEvent ready() {
        return new WireEvent("ready", Json.object());
    }

    static WireEvent row(ChatRow row) {
        ObjectNode body = Json.object();
        body.set("chat", ChatJson.row(row));
        return new WireEvent("chat", body);
    }
}
