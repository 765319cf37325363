package dev.baton.persistence.view;

import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.sql.Jdbc;

/** What of a message can be searched: its text, up to a length. */
final class SearchText {
    /** PostgreSQL refuses to index more than 1 MiB of words in one text; this keeps far from it in any script. */
    static final int MAX_CHARACTERS = 65_536;

    private SearchText() {}

    static String of(Message message) {
        var text = new StringBuilder();
        for (Part part : message.content()) {
            if (part instanceof Part.Text piece) {
                text.append(text.length() == 0 ? "" : "\n").append(piece.text());
            }
            if (text.length() >= MAX_CHARACTERS) {
                break;
            }
        }
        return Jdbc.storable(cut(text.toString()));
    }

    private static String cut(String text) {
        if (text.length() <= MAX_CHARACTERS) {
            return text;
        }
        boolean halvesAPair = Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 1));
        return text.substring(0, halvesAPair ? MAX_CHARACTERS - 1 : MAX_CHARACTERS);
    }
}
