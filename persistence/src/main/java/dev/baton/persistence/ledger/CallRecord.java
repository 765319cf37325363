package dev.baton.persistence.ledger;

import dev.baton.persistence.sql.Jdbc;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that was asked or said in a call. {@code name} and {@code reference}: of tool calls, the tool and the call's id;
 * {@code length}: how many characters it had; {@code content}: as many of them as are recorded, null when contents are not.
 */
public record CallRecord(
        Kind kind,
        @Nullable String name,
        @Nullable String reference,
        int length,
        @Nullable String content) {
    private static final int MOST_NAME = 200;

    /** The names are in the ledger, so they never change. */
    public enum Kind {
        /** The last that the user said. */
        PROMPT,
        TOOL_CALL,
        REASONING;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static CallRecord prompt(String text) {
        return new CallRecord(Kind.PROMPT, null, null, text.length(), text);
    }

    public static CallRecord reasoning(String text) {
        return new CallRecord(Kind.REASONING, null, null, text.length(), text);
    }

    public static CallRecord toolCall(String id, String tool, String arguments) {
        return new CallRecord(Kind.TOOL_CALL, cut(tool, MOST_NAME), cut(id, MOST_NAME), arguments.length(), arguments);
    }

    /** The same with at most {@code mostCharacters} of its content. */
    public CallRecord cutTo(int mostCharacters) {
        return content == null || content.length() <= mostCharacters
                ? this
                : new CallRecord(kind, name, reference, length, content.substring(0, mostCharacters));
    }

    /** What the ledger may keep of it. */
    CallRecord kept(Content mode, int mostCharacters) {
        String kept = mode == Content.FULL && content != null ? cut(content, mostCharacters) : null;
        return new CallRecord(kind, name, reference, length, kept);
    }

    /** At most {@code most} characters of {@code text}, in a form that every database takes. */
    static String cut(String text, int most) {
        var kept = new StringBuilder(Jdbc.storable(text.length() <= most ? text : text.substring(0, most)));
        for (int i = 0; i < kept.length(); i++) {
            boolean pair = i + 1 < kept.length() && Character.isSurrogatePair(kept.charAt(i), kept.charAt(i + 1));
            if (pair) {
                i++;
            } else if (Character.isSurrogate(kept.charAt(i))) {
                kept.setCharAt(i, '\uFFFD');
            }
        }
        return kept.toString();
    }
}
