package dev.baton.gateway.bridge.responses;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A place in a kept answer: right after its event {@code sequence}. */
record Place(String response, long sequence) {
    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9_.-]{1,200}):(\\d{1,18})");

    /** Empty for what is none: a response is part of a path, so nothing else may be in its name. */
    static Optional<Place> parse(String text) {
        Matcher match = TEXT.matcher(text);
        return match.matches()
                ? Optional.of(new Place(match.group(1), Long.parseLong(match.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return response + ":" + sequence;
    }
}
