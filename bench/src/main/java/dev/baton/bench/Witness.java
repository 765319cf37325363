package dev.baton.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.bench.Tally.Of;
import dev.baton.client.ChatEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one client of a chat has seen since the chat's first event, word by word, and what of it must not have been. Its
 * words are those of the messages it was told and, while an answer is being made, of the parts.
 */
final class Witness {
    private static final int SHOWN = 60;

    private final String chat;
    private final Expected expected;
    private final Tally tally = new Tally();
    private final List<String> faults = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();
    private final Map<String, JsonNode> messages = new HashMap<>();

    private final StringBuilder preview = new StringBuilder();
    private String cursor = "0";
    private String episode = "";
    private String ended = "";
    private long seq;
    private boolean waiting = true;
    private boolean cut;
    private boolean resetOwed;
    private boolean wentOn;
    private long parts;

    Witness(String chat, Expected expected) {
        this.chat = chat;
        this.expected = expected;
    }

    String chat() {
        return chat;
    }

    synchronized String cursor() {
        return cursor;
    }

    synchronized long parts() {
        return parts;
    }

    /** Whether it has seen {@code turns} answers and the end of the last turn. */
    synchronized boolean hasSeen(int turns) {
        return waiting && answers.size() >= turns;
    }

    synchronized List<String> answers() {
        return List.copyOf(answers);
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized Tally tally() {
        return Tally.sum(List.of(tally));
    }

    /** The chat's answers are these: so must be what was seen. */
    synchronized void compare(List<String> committed) {
        for (int i = 0; i < Math.max(answers.size(), committed.size()); i++) {
            String seen = i < answers.size() ? answers.get(i) : "nothing";
            String held = i < committed.size() ? committed.get(i) : "nothing";
            if (!seen.equals(held)) {
                fault(Of.UNEQUAL, "answer %d is \"%s\", seen was \"%s\"".formatted(i + 1, held, seen));
            }
        }
    }

    synchronized void unequal(String what) {
        fault(Of.UNEQUAL, what);
    }

    synchronized void event(ChatEvent event) {
        cursor = event.id().isEmpty() ? cursor : event.id();
        switch (event.type()) {
            case "message_part" -> part(event.data());
            case "message" -> message(event.data().path("message"));
            case "status" -> waiting = event.data().path("status").asText().equals("waiting");
            case "moved" -> moved();
            case "preview_reset" -> reset();
            case "history_reset", "error", "retry" -> fault(Of.ERRORS, "was told " + event.data());
            default -> {
                // Says nothing about words.
            }
        }
    }

    private void part(JsonNode event) {
        String of = event.path("history_version").asText() + "/"
                + event.path("attempt").asText();
        long next = event.path("seq").asLong();
        if (of.equals(ended)) {
            fault(Of.DOUBLES, "part %d of %s came after its message".formatted(next, of));
            return;
        }
        if (!of.equals(episode)) {
            begin(of);
        }
        // Words that were logged before the cut may come before the reset; the answer must not end with them.
        wentOn = resetOwed;
        if (next <= seq) {
            fault(Of.DOUBLES, "part %d of %s came after part %d".formatted(next, of, seq));
            return;
        }
        if (next > seq + 1) {
            fault(Of.GAPS, "part %d of %s came after part %d".formatted(next, of, seq));
        }
        seq = next;
        parts++;
        preview.append(event.path("part").path("text").asText());
    }

    private void begin(String of) {
        if (preview.length() > 0) {
            fault(Of.RESETS_MISSING, "%s came after %s without a reset".formatted(of, episode));
        }
        forgetPreview();
        episode = of;
    }

    private void message(JsonNode message) {
        JsonNode before = messages.put(message.path("id").asText(), message);
        if (message.equals(before)) {
            fault(Of.DOUBLES, "message %s came twice".formatted(message.path("id")));
            return;
        }
        if (!message.path("role").asText().equals("assistant")) {
            return;
        }
        if (wentOn) {
            fault(Of.RESETS_MISSING, "%s went on after a cut without a reset".formatted(episode));
        }
        String text = text(message);
        if (!text.startsWith(preview.toString())) {
            fault(
                    Of.UNEQUAL,
                    "the parts said \"%s\", the message \"%s\"".formatted(shown(preview.toString()), shown(text)));
        } else if (preview.length() < text.length()) {
            tally.add(Of.SHORT);
        }
        answers.add(text);
        ended = episode;
        forgetPreview();
        cut = false;
    }

    private void moved() {
        if (!waiting) {
            tally.add(Of.CUTS);
            cut = true;
            resetOwed = expected == Expected.RESTART && preview.length() > 0;
        }
    }

    private void reset() {
        tally.add(Of.RESETS);
        if (expected == Expected.CONTINUE) {
            fault(Of.RESETS_UNASKED, "was told to forget \"%s\"".formatted(shown(preview.toString())));
        } else if (!cut) {
            fault(Of.RESETS_UNASKED, "was told to forget \"%s\" without a cut".formatted(shown(preview.toString())));
        }
        cut = false;
        forgetPreview();
        episode = "";
    }

    private void forgetPreview() {
        preview.setLength(0);
        seq = 0;
        resetOwed = false;
        wentOn = false;
    }

    private void fault(Of kind, String what) {
        tally.add(kind);
        faults.add("chat %s: %s".formatted(chat, what));
    }

    static String text(JsonNode message) {
        var text = new StringBuilder();
        message.path("content").forEach(part -> text.append(part.path("text").asText()));
        return text.toString();
    }

    private static String shown(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }
}
