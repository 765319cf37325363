package dev.baton.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What a chat must hold after so many turns: one question and one whole answer each, in turn. */
final class TurnCheck {

    private TurnCheck() {}

    /** What is wrong with {@code messages}, in sentences; empty when nothing is. */
    static List<String> faults(String chat, Iterable<JsonNode> messages, int turns, int words) {
        var faults = new ArrayList<String>();
        int number = 0;
        for (JsonNode message : messages) {
            String expected = number % 2 == 0 ? "user" : "assistant";
            String role = message.path("role").asText();
            if (!role.equals(expected)) {
                faults.add("chat %s: message %d is by the %s, not the %s".formatted(chat, number + 1, role, expected));
                return faults;
            }
            if (role.equals("assistant") && wordsIn(message) != words) {
                faults.add("chat %s: answer %d has %d words, not %d"
                        .formatted(chat, number / 2 + 1, wordsIn(message), words));
            }
            number++;
        }
        if (number != 2 * turns) {
            faults.add("chat %s: %d messages after %d turns".formatted(chat, number, turns));
        }
        return faults;
    }

    private static int wordsIn(JsonNode message) {
        var text = new StringBuilder();
        message.path("content").forEach(part -> text.append(part.path("text").asText()));
        String said = text.toString().strip();
        return said.isEmpty() ? 0 : said.split("\\s+", -1).length;
    }
}
