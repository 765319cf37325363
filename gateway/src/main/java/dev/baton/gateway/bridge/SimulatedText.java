package dev.baton.gateway.bridge;

import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Parts;
import dev.baton.persistence.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of the simulated model: a pure function of what was said.
 *
 * <p>Roles, texts, tool calls and tool results count; ids, versions and times do not. A partial answer at the end of the
 * history does not count either: it is the beginning of what is to be said.
 */
public final class SimulatedText {
    private static final int SENTENCES_IN_A_PARAGRAPH = 5;
    private static final String[] DETERMINERS = {"the", "a", "this", "every", "that", "one"};
    private static final String[] ADJECTIVES = {
        "quiet", "bright", "patient", "small", "narrow", "warm", "distant", "careful", "green", "silver", "strong",
        "gentle", "wooden", "deep", "clever", "hidden"
    };
    private static final String[] NOUNS = {
        "river",
        "lantern",
        "harbour",
        "garden",
        "letter",
        "bridge",
        "captain",
        "valley",
        "window",
        "clock",
        "runner",
        "mountain",
        "teacher",
        "signal",
        "boat",
        "library",
        "baker",
        "machine",
        "song",
        "road"
    };
    private static final String[] VERBS = {
        "carries",
        "follows",
        "remembers",
        "reaches",
        "finds",
        "keeps",
        "answers",
        "watches",
        "passes",
        "holds",
        "crosses",
        "repairs"
    };
    private static final String[] PLACES = {"beside", "behind", "beyond", "under", "near", "towards"};

    private SimulatedText() {}

    /** The whole answer to {@code history}, whether or not a beginning of it stands at the end of the history. */
    public static String of(List<Message> history) {
        List<Message> said = withoutPrefix(history);
        SimulatedWishes wishes = SimulatedWishes.of(said);
        return prose(wishes.seed().orElseGet(() -> fingerprint(said)), wishes.words());
    }

    /** The beginning of the answer that {@code history} ends with; empty when it ends with something else. */
    static String prefixOf(List<Message> history) {
        return endsWithAnswer(history) ? SimulatedWishes.textOf(history.get(history.size() - 1)) : "";
    }

    static List<Message> withoutPrefix(List<Message> history) {
        return endsWithAnswer(history) ? history.subList(0, history.size() - 1) : history;
    }

    /** A number that differs, for all practical purposes, when anything that was said differs. */
    static long fingerprint(List<Message> said) {
        long hash = 0xcbf29ce484222325L;
        for (Message message : said) {
            hash = mixed(hash, message.role().name());
            for (Part part : Parts.joined(message.content())) {
                hash = mixed(hash, said(part));
            }
        }
        return hash;
    }

    static int wordsIn(String text) {
        String trimmed = text.strip();
        return trimmed.isEmpty() ? 0 : trimmed.split("\\s+").length;
    }

    private static boolean endsWithAnswer(List<Message> history) {
        return !history.isEmpty() && history.get(history.size() - 1).role() == Role.ASSISTANT;
    }

    private static String said(Part part) {
        if (part instanceof Part.Text piece) {
            return piece.text();
        }
        if (part instanceof Part.ToolCall call) {
            return call.name() + " " + call.arguments();
        }
        return part instanceof Part.ToolResult result ? result.output() : "";
    }

    private static long mixed(long hash, String text) {
        long mixed = hash;
        for (int i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.charAt(i)) * 0x100000001b3L;
        }
        return (mixed ^ 0x1ff) * 0x100000001b3L;
    }

    private static String prose(long seed, int words) {
        var dice = new Dice(seed);
        var text = new StringBuilder();
        int sentences = 0;
        for (int written = 0; written < words; sentences++) {
            List<String> sentence = sentence(dice);
            int taken = Math.min(sentence.size(), words - written);
            if (written > 0) {
                text.append(sentences % SENTENCES_IN_A_PARAGRAPH == 0 ? "\n\n" : " ");
            }
            String line = String.join(" ", sentence.subList(0, taken));
            text.append(line.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(line, 1, line.length())
                    .append('.');
            written += taken;
        }
        return text.toString();
    }

    private static List<String> sentence(Dice dice) {
        var words = new ArrayList<String>();
        addThing(words, dice);
        words.add(dice.oneOf(VERBS));
        addThing(words, dice);
        if (dice.below(2) == 0) {
            words.add(dice.oneOf(PLACES));
            addThing(words, dice);
        }
        return words;
    }

    private static void addThing(List<String> words, Dice dice) {
        words.add(dice.oneOf(DETERMINERS));
        words.add(dice.oneOf(ADJECTIVES));
        words.add(dice.oneOf(NOUNS));
    }

    /** SplitMix64, written out so that the text is the same on every Java. */
    private static final class Dice {
        private long state;

        Dice(long seed) {
            this.state = seed;
        }

        int below(int bound) {
            state += 0x9e3779b97f4a7c15L;
            long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
            return (int) Long.remainderUnsigned(mixed ^ (mixed >>> 31), bound);
        }

        String oneOf(String[] words) {
            return words[below(words.length)];
        }
    }
}
