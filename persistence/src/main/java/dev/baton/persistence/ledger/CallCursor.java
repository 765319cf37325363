package dev.baton.persistence.ledger;

import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/** The last call of a page, by what the list is sorted by. Its text is nobody's business. */
record CallCursor(Instant at, CallId call) {

    static CallCursor after(CallRow call) {
        return new CallCursor(call.startedAt(), call.id());
    }

    /** Reads a cursor; one that no list ever gave is a {@link ChatException} with {@link ErrorCode#CURSOR_UNKNOWN}. */
    static CallCursor parse(String text) {
        try {
            String[] fields = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
            if (fields.length == 2) {
                return new CallCursor(
                        Instant.parse(fields[0]), CallId.parse(fields[1]).orElseThrow(() -> unknown(text)));
            }
        } catch (IllegalArgumentException | DateTimeException notACursor) {
            throw unknown(text);
        }
        throw unknown(text);
    }

    private static ChatException unknown(String text) {
        return new ChatException(ErrorCode.CURSOR_UNKNOWN, "cursor \"" + text + "\" was not given by a list of calls");
    }

    @Override
    public String toString() {
        String fields = at + " " + call;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fields.getBytes(StandardCharsets.UTF_8));
    }
}
