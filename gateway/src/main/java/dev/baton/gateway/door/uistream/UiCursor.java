package dev.baton.gateway.door.uistream;

import dev.baton.gateway.door.Refused;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client's position: the last chunk that it has of the answer to {@code message}. */
record UiCursor(long message, long chunk) {
    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,17})\\.(0|[1-9][0-9]{0,17})");

    static UiCursor parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw Refused.field("after", "after is the id of an event, such as 1.5, and not \"%s\"".formatted(text));
        }
        return new UiCursor(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
    }

    @Override
    public String toString() {
        return message + "." + chunk;
    }
}
