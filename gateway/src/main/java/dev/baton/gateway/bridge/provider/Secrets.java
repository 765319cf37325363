package dev.baton.gateway.bridge.provider;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Takes keys out of texts that people will see. */
final class Secrets {
    private static final String HIDDEN = "(hidden)";
    private static final Pattern KEY_LIKE = Pattern.compile("(?i)\\b(sk-|bearer\\s+)[A-Za-z0-9._~+/=-]{8,}");
    private final List<String> values;

    Secrets(List<ApiKey> keys) {
        this.values = keys.stream()
                .map(ApiKey::value)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    /** {@code text} without the provider's keys and without what looks like anyone's. */
    String hiddenIn(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, HIDDEN);
        }
        return KEY_LIKE.matcher(hidden).replaceAll(HIDDEN);
    }
}
