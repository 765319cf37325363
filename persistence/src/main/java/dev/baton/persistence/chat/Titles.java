package dev.baton.persistence.chat;

import java.util.List;

/** Makes a first title from what was said. */
final class Titles {
    private static final String UNTITLED = "New chat";

    private Titles() {}

    /** The beginning of the first text in {@code content}, at most {@code length} code points, on one line. */
    static String from(List<Part> content, int length) {
        String text = content.stream()
                .filter(Part.Text.class::isInstance)
                .map(part -> ((Part.Text) part).text().strip().replaceAll("\\s+", " "))
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(UNTITLED);
        if (text.codePointCount(0, text.length()) <= length) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, length - 1)).strip() + "…";
    }
}
