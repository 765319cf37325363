package dev.baton.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.json.ChatJson;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of a chat's messages to show: {@code limit} of them behind {@code cursor}, the oldest first or the newest. */
record MessagePage(@Nullable MessageId cursor, int limit, boolean newestFirst) {
    private static final int DEFAULT = 50;
    private static final int MAX = 200;

    static MessagePage of(Call call) {
        MessageId cursor = call.query("cursor")
                .map(text -> MessageId.parse(text)
                        .orElseThrow(() -> new ChatException(
                                ErrorCode.CURSOR_UNKNOWN,
                                "cursor \"%s\" leads nowhere; it is the next_cursor of a page".formatted(text))))
                .orElse(null);
        String order = call.query("order").orElse("asc");
        if (!order.equals("asc") && !order.equals("desc")) {
            throw Call.invalid("order is \"%s\"; it must be asc or desc".formatted(order));
        }
        return new MessagePage(cursor, call.queryNumber("limit", DEFAULT, MAX), order.equals("desc"));
    }

    ObjectNode of(ChatState state) {
        List<Message> all = state.history().messages();
        int start;
        int end;
        boolean more;
        if (newestFirst) {
            end = cursor == null ? all.size() : state.history().indexFrom(cursor.number());
            start = Math.max(0, end - limit);
            more = start > 0;
        } else {
            start = cursor == null ? 0 : state.history().indexFrom(cursor.number() + 1);
            end = Math.min(all.size(), start + limit);
            more = end < all.size();
        }
        ObjectNode json = Json.object();
        ArrayNode messages = json.putArray("messages");
        for (int i = start; i < end; i++) {
            messages.add(ChatJson.message(all.get(newestFirst ? end - 1 - (i - start) : i)));
        }
        json.set("queued_messages", ChatJson.queue(state.queue().messages()));
        if (more) {
            json.put("next_cursor", all.get(newestFirst ? start : end - 1).id().toString());
        }
        return json;
    }
}
