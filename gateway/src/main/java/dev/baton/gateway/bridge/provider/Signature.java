package dev.baton.gateway.bridge.provider;

import dev.baton.persistence.chat.Part;
import java.util.Optional;

/**
 * What a provider wants back with reasoning, byte by byte. {@code dialect}: who can make something of it; others must not
 * be sent it, since they refuse what they did not sign.
 */
public record Signature(String dialect, String value) {

    /** The form that is kept with the reasoning. */
    public String text() {
        return dialect + ":" + value;
    }

    /** What {@code reasoning} was signed with; empty when it was not, or by others. */
    public static Optional<String> valueOf(Part.Reasoning reasoning, String dialect) {
        String text = reasoning.signature();
        return text != null && text.startsWith(dialect + ":")
                ? Optional.of(text.substring(dialect.length() + 1))
                : Optional.empty();
    }
}
