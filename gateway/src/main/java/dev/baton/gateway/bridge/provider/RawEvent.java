package dev.baton.gateway.bridge.provider;

import akka.util.ByteString;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One server-sent event as it came, its empty line included. */
public final class RawEvent {
    private static final byte[] DATA = "data:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event:".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final int start;
    private final int end;

    RawEvent(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
    }

    /** Its bytes, for as long as they live. */
    ByteString whole() {
        return to(this);
    }

    /** Its bytes and those up to the end of {@code last}, which stands behind it in the same piece. */
    ByteString to(RawEvent last) {
        return ByteString.fromArrayUnsafe(bytes, start, last.end - start);
    }

    /** Whether it stands right behind {@code before}. */
    boolean follows(RawEvent before) {
        return bytes == before.bytes && start == before.end;
    }

    /** Its name; empty when it has none. */
    public String type() {
        int at = valueOf(EVENT, start);
        return at < 0 ? "" : text(at, lineEnd(at)).strip();
    }

    /** Its name or, without one, what its JSON says in {@code field}. */
    public String typeOrElse(String field) {
        String type = type();
        return type.isEmpty() ? json().map(json -> json.path(field).asText("")).orElse("") : type;
    }

    /** Whether its data is exactly {@code word}. */
    public boolean hasData(String word) {
        int at = valueOf(DATA, start);
        if (at < 0 || lineEnd(at) - at > word.length() + 2) {
            return false;
        }
        return text(at, lineEnd(at)).strip().equals(word);
    }

    /**
     * Whether it has a field {@code name} anywhere that is not null. JSON escapes the quotes of whatever stands in a text, so
     * no text looks like one.
     */
    public boolean has(byte[] quotedName) {
        int last = end - quotedName.length;
        for (int i = start; i <= last; i++) {
            if (bytes[i] == '"' && matches(quotedName, i)) {
                int at = afterBlanks(i + quotedName.length);
                if (at < end && bytes[at] == ':') {
                    int value = afterBlanks(at + 1);
                    return value < end && bytes[value] != 'n';
                }
            }
        }
        return false;
    }

    /** {@code name} as JSON writes the name of a field. */
    public static byte[] quoted(String name) {
        return ("\"" + name + "\"").getBytes(StandardCharsets.US_ASCII);
    }

    /** Its data as JSON; empty when it is none. */
    public Optional<JsonNode> json() {
        var data = new StringBuilder();
        int line = start;
        while (line < end) {
            int lineEnd = lineEnd(line);
            if (startsWith(DATA, line)) {
                data.append(text(line + DATA.length, lineEnd)).append('\n');
            }
            line = lineEnd + 1;
        }
        return data.isEmpty() ? Optional.empty() : Json.parse(data.toString());
    }

    /** Where the value of the first line that begins with {@code field} begins; -1 when there is none. */
    private int valueOf(byte[] field, int from) {
        int line = from;
        while (line < end) {
            if (startsWith(field, line)) {
                return line + field.length;
            }
            line = lineEnd(line) + 1;
        }
        return -1;
    }

    private int lineEnd(int from) {
        int at = from;
        while (at < end && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    private int afterBlanks(int from) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t')) {
            at++;
        }
        return at;
    }

    private boolean startsWith(byte[] word, int at) {
        return at + word.length <= end && matches(word, at);
    }

    private boolean matches(byte[] word, int at) {
        for (int i = 0; i < word.length; i++) {
            if (bytes[at + i] != word[i]) {
                return false;
            }
        }
        return true;
    }

    private String text(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text(start, end);
    }
}
