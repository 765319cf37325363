package dev.baton.persistence.budget;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Who has a budget. */
public record Payer(Kind kind, String name) {

    public enum Kind {
        OWNER,
        GROUP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The name of its entity, which is in the journal, so it never changes. */
    String key() {
        return kind + ":" + URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    /** For people. */
    @Override
    public String toString() {
        return kind + " " + name;
    }
}
