package dev.baton.persistence.view;

import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** The last row of a page, by what the list is sorted by. Its text is nobody's business. */
record ListCursor(boolean pinned, Instant updatedAt, ChatId chat) {

    static ListCursor after(ChatRow row) {
        return new ListCursor(row.pinned(), row.updatedAt(), row.id());
    }

    /** Reads a cursor; one that no list ever gave is a {@link ChatException} with {@link ErrorCode#CURSOR_UNKNOWN}. */
    static ListCursor parse(String text) {
        try {
            String[] fields = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
            if (fields.length == 3) {
                return new ListCursor(
                        fields[0].equals("p"),
                        Instant.parse(fields[1]),
                        ChatId.parse(fields[2]).orElseThrow(() -> unknown(text)));
            }
        } catch (IllegalArgumentException | DateTimeException notACursor) {
            throw unknown(text);
        }
        throw unknown(text);
    }

    private static ChatException unknown(String text) {
        return new ChatException(ErrorCode.CURSOR_UNKNOWN, "cursor \"" + text + "\" was not given by a list of chats");
    }

    @Override
    public String toString() {
        String fields = (pinned ? "p " : "- ") + updatedAt + " " + chat;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fields.getBytes(StandardCharsets.UTF_8));
    }
}
