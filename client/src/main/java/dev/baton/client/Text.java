package dev.baton.client;

import java.util.regex.Pattern;

/** What may stand in a request. */
final class Text {
    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9_.~-]{1,200}");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x20-\\x7e]*");

    private Text() {}

    /** An id that stands in a path. */
    static String requireSegment(String id) {
        if (!SEGMENT.matcher(id).matches()) {
            throw new IllegalArgumentException("'" + id + "' cannot be an id of the API");
        }
        return id;
    }

    static String requireHeaderValue(String name, String value) {
        if (!HEADER_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("the header " + name + " must be printable ASCII");
        }
        return value;
    }
}
