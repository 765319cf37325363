package dev.baton.runner.episode;

import akka.Done;
import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.parts.Chunk;
import dev.baton.persistence.parts.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an episode has to do with the part log: under which number it writes next, and what is on its way.
 *
 * <p>{@code turn} counts the times it was opened, so that what an earlier opener had on its way is told from what the
 * present one has.
 */
final class Logging {
    private final EpisodeKey key;
    private final boolean ahead;
    private final List<ActorRef<Done>> flushers = new ArrayList<>();
    private long turn;
    private long epoch;
    private @Nullable ActorRef<PartBuffer.Opening> opener;
    private int lastChunk;
    private PartBuffer.@Nullable Append onItsWay;
    private boolean claiming;
    private boolean sealing;

    /** {@code ahead}: parts are shown before they are logged. */
    Logging(EpisodeKey key, boolean ahead) {
        this.key = key;
        this.ahead = ahead;
    }

    /** Returns the turn that the claim belongs to. */
    long claiming(PartBuffer.Open open) {
        turn++;
        epoch = open.epoch();
        opener = open.replyTo();
        onItsWay = null;
        claiming = true;
        return turn;
    }

    boolean isTurn(long number) {
        return turn == number;
    }

    long turn() {
        return turn;
    }

    void claimed(int chunk) {
        lastChunk = chunk;
        claiming = false;
    }

    boolean isOpener(ActorRef<PartBuffer.Opening> other) {
        return other.equals(opener);
    }

    /** A claim that is still on its way is nobody's. */
    void cancelClaim() {
        if (claiming) {
            turn++;
            claiming = false;
        }
    }

    /** Whether nothing is on its way, in either direction. */
    boolean isQuiet() {
        return !claiming && !isBusy() && !sealing && flushers.isEmpty();
    }

    /** Somebody else writes the episode now. */
    void lost() {
        lastChunk = 0;
        claiming = false;
    }

    boolean isBusy() {
        return onItsWay != null;
    }

    boolean isAhead() {
        return ahead;
    }

    Chunk next(PartBuffer.Append append, long firstSeq) {
        onItsWay = append;
        return chunk(firstSeq, append.parts(), append.told(), ahead);
    }

    /** The append that has arrived, or has failed. */
    Optional<PartBuffer.Append> arrived() {
        Optional<PartBuffer.Append> append = Optional.ofNullable(onItsWay);
        onItsWay = null;
        return append;
    }

    /** A last chunk that says that all that was shown is logged; none when that goes without saying. */
    Optional<Chunk> seal(long firstSeq) {
        if (!ahead || lastChunk == 0) {
            return Optional.empty();
        }
        sealing = true;
        return Optional.of(chunk(firstSeq, List.of(), null, /* shownAhead= */ false));
    }

    void flush(ActorRef<Done> replyTo) {
        flushers.add(replyTo);
    }

    /** Whether somebody waits for the end of what is on its way, and it has come. */
    boolean canFlush() {
        return !flushers.isEmpty() && !isBusy() && !sealing;
    }

    void flushed() {
        sealing = false;
        flushers.forEach(flusher -> flusher.tell(Done.getInstance()));
        flushers.clear();
    }

    private Chunk chunk(long firstSeq, List<Part> parts, @Nullable Told told, boolean shownAhead) {
        lastChunk++;
        return new Chunk(key, lastChunk, epoch, firstSeq, parts, told, shownAhead);
    }
}
