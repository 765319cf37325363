package dev.baton.persistence.chat;

import java.util.Optional;

/** The text form of numbered ids: a letter and a positive number without leading zeros. */
final class Numbered {
    private static final int MAX_DIGITS = 18;

    private Numbered() {}

    static Optional<Long> parse(char letter, String text) {
        if (text.length() < 2 || text.length() > MAX_DIGITS + 1 || text.charAt(0) != letter || text.charAt(1) == '0') {
            return Optional.empty();
        }
        for (int i = 1; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        return Optional.of(Long.parseLong(text.substring(1)));
    }
}
