package dev.baton.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a client that watches one chat has seen, and when. What it must never see is kept as a fault: an event twice, a
 * part out of its order, an answer that is not the first of its turn.
 *
 * <p>A pause is the time from the last word, or from the signal to the node when that came later, to the next word that
 * came from the new runner.
 */
final class ChatView {
    private static final long NO_SIGNAL = Long.MIN_VALUE;

    private final String chat;
    private final List<String> faults = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final List<MovedAway> moves = new ArrayList<>();

    private String cursor = "";
    private long turnStarted;
    private int parts;
    private int answers;
    private boolean running;
    private String episode = "";
    private long seq;
    private long signal;
    private long lastWord;
    private boolean moving;
    private String movedFrom = "";
    private long movedAt;
    private Duration idleBefore = Duration.ZERO;
    private Duration longestGap = Duration.ZERO;

    /**
     * The chat went on elsewhere.
     *
     * @param told from the signal (the last word, when there was none) to the client's word of it
     * @param first from the signal to the first word of the new runner
     * @param idle how long nobody worked on it, as far as the node told, and from then on to that first word
     */
    record MovedAway(String from, Duration told, Duration first, Duration pause, Duration idle) {}

    ChatView(String chat) {
        this.chat = chat;
    }

    String chat() {
        return chat;
    }

    /** A turn is about to begin; what earlier turns were like is forgotten, except their faults. */
    synchronized void expectTurn(long now) {
        turnStarted = now;
        running = true;
        answers = 0;
        parts = 0;
        moves.clear();
        moving = false;
        lastWord = now;
        longestGap = Duration.ZERO;
        signal = NO_SIGNAL;
    }

    /** A node was sent its signal: from now on gaps and moves count. */
    synchronized void signalled(long now) {
        signal = now;
        longestGap = Duration.ZERO;
    }

    synchronized int parts() {
        return parts;
    }

    synchronized boolean isRunning() {
        return running;
    }

    synchronized List<MovedAway> moves() {
        return List.copyOf(moves);
    }

    /** The longest time between two words of the turn since the signal. */
    synchronized Duration longestGap() {
        return longestGap;
    }

    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    /** The last event's id, for a client that comes back; empty before the first. */
    synchronized String cursor() {
        return cursor;
    }

    synchronized void event(JsonNode event, long now) {
        String id = event.path("id").asText();
        cursor = id.isEmpty() ? cursor : id;
        switch (event.path("type").asText()) {
            case "message_part" -> part(event, id, now);
            case "message" -> message(event.path("message"), id, now);
            case "status" -> status(event.path("status").asText(), now);
            case "moved" -> moved(event, now);
            case "preview_reset" -> episode = "";
            case "error" -> faults.add("chat %s: an error: %s".formatted(chat, event.path("error")));
            default -> {
                // Says nothing about the turn.
            }
        }
    }

    private void part(JsonNode event, String id, long now) {
        once(id);
        parts++;
        String of = event.path("history_version").asText() + "/"
                + event.path("attempt").asText();
        long next = event.path("seq").asLong();
        if (of.equals(episode) && next != seq + 1) {
            faults.add("chat %s: part %d of %s came after part %d".formatted(chat, next, of, seq));
        }
        episode = of;
        seq = next;
        word(now);
    }

    private void message(JsonNode message, String id, long now) {
        once(id + message.path("id").asText());
        if (message.path("role").asText().equals("assistant")) {
            answers++;
            if (answers > 1) {
                faults.add("chat %s: answer number %d in one turn".formatted(chat, answers));
            }
            word(now);
        }
    }

    private void status(String status, long now) {
        if (status.equals("waiting") && running && answers > 0) {
            running = false;
        }
        if (status.equals("error") && running) {
            running = false;
            faults.add("chat %s: the turn failed after %s".formatted(chat, since(turnStarted, now)));
        }
    }

    private void moved(JsonNode event, long now) {
        if (running) {
            moving = true;
            movedFrom = event.path("from").asText();
            idleBefore = Duration.ofMillis(event.path("pause_ms").asLong());
            movedAt = now;
        }
    }

    private void word(long now) {
        if (running) {
            long before = Math.max(lastWord, signal);
            long origin = signal == NO_SIGNAL ? lastWord : signal;
            Duration gap = since(before, now);
            if (gap.compareTo(longestGap) > 0) {
                longestGap = gap;
            }
            if (moving) {
                Duration idle = idleBefore.plus(since(movedAt, now));
                moves.add(new MovedAway(movedFrom, since(origin, movedAt), since(origin, now), gap, idle));
                moving = false;
            }
        }
        lastWord = now;
    }

    private void once(String id) {
        if (!seen.add(id)) {
            faults.add("chat %s: event %s came twice".formatted(chat, id));
        }
    }

    Optional<MovedAway> movedFrom(String address) {
        return moves().stream().filter(move -> move.from().contains(address)).findFirst();
    }

    private static Duration since(long from, long to) {
        return Duration.ofNanos(to - from);
    }
}
