package dev.baton.gateway.bridge;

import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the last user message wants of the simulated model. These words may stand anywhere in it; the last of a kind
 * counts, and a number out of bounds counts as the bound.
 *
 * <pre>
 * words=200    how long the answer is, in words (0 to 100000; default 60)
 * rate=50      words per second (0 to 10000; 0: as fast as possible; default 30)
 * seed=7       the answer depends on this number and its length alone, not on the conversation
 * tool=NAME    calls that tool of the client first, when it is offered; may stand there several times
 * limit=20     ends after so many words, as a model that may say no more
 * fail=429     fails as a provider does with that HTTP status, each time
 * </pre>
 */
record SimulatedWishes(
        int words, int rate, OptionalLong seed, List<String> tools, OptionalInt limit, OptionalInt fail) {
    private static final Pattern WISH =
            Pattern.compile("(?<!\\S)(words|rate|seed|tool|limit|fail)=([A-Za-z0-9_.-]{1,128})");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final int MAX_WORDS = 100_000;
    private static final int MAX_RATE = 10_000;

    static SimulatedWishes of(List<Message> history) {
        int words = 60;
        int rate = 30;
        var seed = OptionalLong.empty();
        var limit = OptionalInt.empty();
        var fail = OptionalInt.empty();
        var tools = new ArrayList<String>();
        Matcher wish = WISH.matcher(lastUserText(history));
        while (wish.find()) {
            String value = wish.group(2);
            boolean number = NUMBER.matcher(value).matches();
            if (wish.group(1).equals("tool")) {
                tools.add(value);
            } else if (number) {
                int amount = Integer.parseInt(value);
                switch (wish.group(1)) {
                    case "words" -> words = Math.min(amount, MAX_WORDS);
                    case "rate" -> rate = Math.min(amount, MAX_RATE);
                    case "seed" -> seed = OptionalLong.of(amount);
                    case "limit" -> limit = OptionalInt.of(amount);
                    default -> fail = OptionalInt.of(amount);
                }
            }
        }
        return new SimulatedWishes(words, rate, seed, List.copyOf(tools), limit, fail);
    }

    private static String lastUserText(List<Message> history) {
        for (int i = history.size() - 1; i >= 0; i--) {
            if (history.get(i).role() == Role.USER) {
                return textOf(history.get(i));
            }
        }
        return "";
    }

    static String textOf(Message message) {
        return textOf(message.content());
    }

    static String textOf(List<Part> parts) {
        var text = new StringBuilder();
        for (Part part : parts) {
            if (part instanceof Part.Text piece) {
                text.append(piece.text());
            }
        }
        return text.toString();
    }
}
