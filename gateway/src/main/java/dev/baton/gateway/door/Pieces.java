package dev.baton.gateway.door;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text that grows into pieces that depend on the text alone, not on how it came: so they can be counted, and counted
 * again by another node. A piece is a word with the white space before it, at most {@value #LONGEST} characters; letters
 * of scripts that put no spaces between words are one each. The last piece is held back until it is known to be whole.
 */
final class Pieces {
    static final int LONGEST = 16;
    /** From here on, in Unicode's order, most scripts write without spaces. */
    private static final int WITHOUT_SPACES = 0x2E80;

    private final StringBuilder open = new StringBuilder();
    private boolean word;

    /** The pieces that {@code more} completes. */
    List<String> add(String more) {
        var whole = new ArrayList<String>();
        int at = 0;
        while (at < more.length()) {
            int next = Character.isHighSurrogate(more.charAt(at)) && at + 1 < more.length() ? at + 2 : at + 1;
            add(more.substring(at, next), whole);
            at = next;
        }
        return whole;
    }

    private void add(String character, List<String> whole) {
        int code = character.codePointAt(0);
        boolean space = Character.isWhitespace(code);
        boolean alone = code >= WITHOUT_SPACES;
        boolean begins = alone ? word : space && word;
        if (!open.isEmpty() && (begins || open.length() + character.length() > LONGEST)) {
            whole.add(end());
        }
        open.append(character);
        word = !space;
        if (alone) {
            whole.add(end());
        }
    }

    /** The last piece, empty when there is none. */
    String end() {
        String piece = open.toString();
        open.setLength(0);
        word = false;
        return piece;
    }
}
