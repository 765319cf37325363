package dev.baton.gateway.stream;

import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.Hold;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;

/**
 * Where a client's stream begins. {@code version} and {@code hold}: of the chat then; {@code first}: what is told
 * before the journal goes on at {@code place}; {@code cursor}: where the client stands before anything is told.
 */
record StreamStart(ChatId chat, long version, Hold hold, Place place, Cursor cursor, Iterator<Frame> first) {

    /** Behind {@code after}, or with the chat as it is when the client has seen nothing. */
    static StreamStart of(ChatState state, Optional<String> after) {
        if (after.isEmpty()) {
            Place place = Place.after(state);
            return new StreamStart(
                    state.id(),
                    state.version(),
                    state.hold(),
                    place,
                    Cursor.START,
                    new Snapshot(state, place.cursor()));
        }
        if (Cursor.isOfAnother(state.id(), after.get())) {
            throw unknown(after.get(), "it is of another chat");
        }
        Cursor cursor = Cursor.parse(Cursor.withoutTag(after.get()))
                .orElseThrow(() -> unknown(after.get(), "a cursor is what the id of an event was, or 0"));
        Place place = Place.at(cursor, state)
                .orElseThrow(() -> unknown(
                        after.get(), "the chat is at version %d and has no such place".formatted(state.version())));
        return new StreamStart(state.id(), state.version(), state.hold(), place, cursor, Collections.emptyIterator());
    }

    private static ChatException unknown(String cursor, String rule) {
        return new ChatException(ErrorCode.CURSOR_UNKNOWN, "cursor %s leads nowhere; %s".formatted(cursor, rule));
    }
}
