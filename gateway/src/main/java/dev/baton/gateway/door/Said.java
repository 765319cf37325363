package dev.baton.gateway.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What every dialect can say of a turn. {@code index}: which of the turn's items, from 0 without a gap. */
public sealed interface Said {

    /** What an item with text is. */
    enum Kind {
        TEXT,
        REASONING
    }

    record Begun(int index, Kind kind) implements Said {}

    record Piece(int index, Kind kind, String text) implements Said {}

    /** {@code part}: all of it; {@code cut}: the turn was interrupted within it. */
    record Ended(int index, Part part, boolean cut) implements Said {}

    /** The model asks for one of the client's tools. Begins and ends at once. */
    record Called(int index, Part.ToolCall call) implements Said {}

    /**
     * What was said from the item {@code from} on is void, and comes anew. {@code told}: there was such an item.
     */
    record TakenBack(boolean told, int from) implements Said {}

    /**
     * The last there is to say of the turn. {@code at}: when, if it is known; {@code from}: the first item that was never
     * committed and is void.
     */
    record Over(
            Outcome outcome,
            @Nullable JsonNode failure,
            Usage usage,
            @Nullable String at,
            int from) implements Said {}

    /** The turn waited for the client's tools here; for those who are told a whole turn. */
    record Paused() implements Said {}

    /** What the client's tools gave, as the message {@code id}; for those who are told a whole turn. */
    record Answered(MessageId id, List<Part.ToolResult> results) implements Said {
        public Answered {
            results = List.copyOf(results);
        }
    }

    /** The node cannot say more, though the turn goes on: {@code code} for programs, {@code why} for people. */
    record Broken(String code, String why) implements Said {}

    /** How a turn ended. */
    enum Outcome {
        DONE,
        /** The model had said as much as it may say. */
        LENGTH,
        /** The provider let the model say no more. */
        FILTERED,
        /** The client has to run tools; with their results it goes on. */
        CALLS,
        /** Somebody interrupted it, or put another message in the place of its own. */
        CANCELLED,
        FAILED
    }

    /** Whether nothing comes after it. */
    default boolean isLast() {
        return this instanceof Over || this instanceof Broken;
    }

    /** What is left of {@code all} when what was taken back is gone. */
    static List<Said> standing(List<Said> all) {
        var left = new ArrayList<Said>();
        for (Said said : all) {
            if (said instanceof TakenBack back) {
                left.removeIf(before -> item(before) >= back.from());
            } else {
                left.add(said);
            }
        }
        return left;
    }

    private static int item(Said said) {
        if (said instanceof Begun begun) {
            return begun.index();
        }
        if (said instanceof Piece piece) {
            return piece.index();
        }
        if (said instanceof Ended ended) {
            return ended.index();
        }
        return said instanceof Called called ? called.index() : -1;
    }
}
