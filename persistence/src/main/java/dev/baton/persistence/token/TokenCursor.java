package dev.baton.persistence.token;

import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/** The last token of a page, by what the list is sorted by. Its text is nobody's business. */
record TokenCursor(Instant createdAt, UUID id) {

    static TokenCursor after(ApiToken token) {
        return new TokenCursor(token.createdAt(), token.id());
    }

    /** Reads a cursor; one that no list ever gave is a {@link ChatException} with {@link ErrorCode#CURSOR_UNKNOWN}. */
    static TokenCursor parse(String text) {
        try {
            String[] fields = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split(" ", -1);
            if (fields.length == 2) {
                return new TokenCursor(Instant.parse(fields[0]), UUID.fromString(fields[1]));
            }
        } catch (IllegalArgumentException | DateTimeException notACursor) {
            throw unknown(text);
        }
        throw unknown(text);
    }

    private static ChatException unknown(String text) {
        return new ChatException(ErrorCode.CURSOR_UNKNOWN, "cursor \"" + text + "\" was not given by a list of tokens");
    }

    @Override
    public String toString() {
        String fields = createdAt + " " + id;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(fields.getBytes(StandardCharsets.UTF_8));
    }
}
