package dev.baton.runner.episode;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.episode.PartBuffer.Pull;
import dev.baton.runner.episode.PartBuffer.Pulled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One episode of a {@link PartBuffer}, and the pulls that wait for it. */
final class Episode {
    /** So much goes out in one answer; what is left is there for the next pull. */
    private static final int MOST_AT_ONCE = 256;
    /** What a part costs besides its text. */
    private static final long PART_OVERHEAD = 64;

    private enum Life {
        /** Only pulled so far. */
        UNKNOWN,
        OPEN,
        /** Nobody adds to it now; somebody may again, here or on another node. */
        RESTING,
        CLOSED
    }

    private final EpisodeKey key;
    private final Logging logging;
    private final List<Part> parts = new ArrayList<>();
    private final Map<ActorRef<Pulled>, Parked> parked = new HashMap<>();
    private Life life = Life.UNKNOWN;
    private long bytes;
    /** Sweeps since the last use. */
    private int sweeps;

    Episode(EpisodeKey key, boolean ahead) {
        this.key = key;
        this.logging = new Logging(key, ahead);
    }

    EpisodeKey key() {
        return key;
    }

    Logging logging() {
        return logging;
    }

    /** What is in the log counts: what was shown is there, and what was on its way may be. */
    void open(List<Part> logged) {
        life = Life.OPEN;
        parts.clear();
        parts.addAll(logged);
        bytes = logged.stream().mapToLong(Episode::bytesOf).sum();
    }

    boolean isOpen() {
        return life == Life.OPEN;
    }

    boolean isClosed() {
        return life == Life.CLOSED;
    }

    boolean hasRoomFor(List<Part> more, long maxBytes) {
        return bytes + more.stream().mapToLong(Episode::bytesOf).sum() <= maxBytes;
    }

    void show(List<Part> more) {
        bytes += more.stream().mapToLong(Episode::bytesOf).sum();
        parts.addAll(more);
    }

    long nextSeq() {
        return parts.size() + 1L;
    }

    void rest() {
        if (life == Life.OPEN) {
            life = Life.RESTING;
            sweeps = 0;
        }
    }

    void close() {
        if (life != Life.CLOSED) {
            life = Life.CLOSED;
            sweeps = 0;
        }
    }

    List<Part> collect() {
        sweeps = 0;
        return parts;
    }

    Pulled peek(long afterSeq) {
        sweeps = 0;
        boolean nothingMore = parts.size() <= afterSeq;
        return nothingMore && life != Life.OPEN ? new Pulled.Ended(key, parts.size()) : partsAfter(afterSeq);
    }

    void park(Pull pull) {
        parked.put(pull.replyTo(), new Parked(pull.afterSeq(), false));
    }

    void unpark(ActorRef<Pulled> puller) {
        parked.remove(puller);
    }

    boolean hasPulls() {
        return !parked.isEmpty();
    }

    /** Whether nothing is known of it and nobody asks. */
    boolean isNothing() {
        return life == Life.UNKNOWN && !hasPulls() && logging.isQuiet();
    }

    /** Answers the pulls there is something to say to; returns who was answered. */
    List<ActorRef<Pulled>> answerPulls() {
        var answered = new ArrayList<ActorRef<Pulled>>();
        parked.forEach((puller, pull) -> {
            if (parts.size() > pull.afterSeq()) {
                puller.tell(partsAfter(pull.afterSeq()));
                answered.add(puller);
            } else if (life == Life.OPEN && parts.size() < pull.afterSeq()) {
                puller.tell(new Pulled.Lost(key, parts.size()));
                answered.add(puller);
            } else if (life == Life.CLOSED) {
                puller.tell(new Pulled.Ended(key, parts.size()));
                answered.add(puller);
            }
        });
        if (!answered.isEmpty()) {
            sweeps = 0;
            answered.forEach(parked::remove);
        }
        return answered;
    }

    private Pulled partsAfter(long seq) {
        int first = (int) Math.min(parts.size(), Math.max(0, seq));
        int end = Math.min(parts.size(), first + MOST_AT_ONCE);
        return new Pulled.Parts(key, seq + 1, parts.subList(first, end));
    }

    /** Sends away the pulls that were parked before the sweep before this one; returns whose they were. */
    List<ActorRef<Pulled>> sweepPulls() {
        var tired = new ArrayList<ActorRef<Pulled>>();
        parked.replaceAll((puller, pull) -> {
            if (pull.swept()) {
                puller.tell(new Pulled.Parts(key, pull.afterSeq() + 1, List.of()));
                tired.add(puller);
            }
            return new Parked(pull.afterSeq(), true);
        });
        tired.forEach(parked::remove);
        return tired;
    }

    /** Counts a sweep; true when nobody needs the episode any more. An open one is always needed. */
    boolean isSpent() {
        if (life == Life.OPEN || hasPulls() || !logging.isQuiet()) {
            return false;
        }
        sweeps++;
        return life == Life.UNKNOWN || sweeps > 1;
    }

    void endPulls() {
        parked.keySet().forEach(puller -> puller.tell(new Pulled.Ended(key, parts.size())));
        parked.clear();
    }

    private static long bytesOf(Part part) {
        return PART_OVERHEAD + 2L * charsOf(part);
    }

    private static int charsOf(Part part) {
        if (part instanceof Part.Text text) {
            return text.text().length();
        }
        if (part instanceof Part.Reasoning reasoning) {
            return reasoning.text().length();
        }
        if (part instanceof Part.ToolCall call) {
            return call.name().length() + call.arguments().length();
        }
        return ((Part.ToolResult) part).output().length();
    }

    private record Parked(long afterSeq, boolean swept) {}
}
