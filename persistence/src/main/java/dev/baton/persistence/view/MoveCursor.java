package dev.baton.persistence.view;

import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** The last move of a page, by what the list is sorted by. Its text is nobody's business. */
record MoveCursor(Instant at, ChatId chat, long epoch) {

    static MoveCursor after(RunnerMove move) {
        return new MoveCursor(move.at(), move.chat(), move.epoch());
    }

    /** Reads a cursor; one that no list ever gave is a {@link ChatException} with {@link ErrorCode#CURSOR_UNKNOWN}. */
    static MoveCursor parse(String text) {
        try {
            String[] fields = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
            if (fields.length == 3) {
                return new MoveCursor(
                        Instant.parse(fields[0]),
                        ChatId.parse(fields[1]).orElseThrow(() -> unknown(text)),
                        Long.parseLong(fields[2]));
            }
        } catch (IllegalArgumentException | DateTimeException notACursor) {
            throw unknown(text);
        }
        throw unknown(text);
    }

    private static ChatException unknown(String text) {
        return new ChatException(ErrorCode.CURSOR_UNKNOWN, "cursor \"" + text + "\" was not given by a list of moves");
    }

    @Override
    public String toString() {
        String fields = at + " " + chat + " " + epoch;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fields.getBytes(StandardCharsets.UTF_8));
    }
}
