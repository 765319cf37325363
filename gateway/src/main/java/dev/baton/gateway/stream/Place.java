package dev.baton.gateway.stream;

import dev.baton.gateway.stream.Cursor.Seen;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.EpisodeKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one stream is in its chat's order of events, and in which episode. It follows the events, so that what it knows
 * of the episode is what the chat knew at that version.
 *
 * <p>{@code attempt}: 0 when no episode is known.
 */
final class Place {
    private final ChatId chat;
    private long done;
    private int next;
    private long historyVersion;
    private int attempt;
    private long seq;

    private Place(ChatId chat, Cursor cursor, long historyVersion) {
        this.chat = chat;
        this.done = cursor.done();
        this.next = cursor.next();
        this.historyVersion = historyVersion;
    }

    /** All of {@code state} was delivered, and no part. */
    static Place after(ChatState state) {
        var place = new Place(
                state.id(),
                new Cursor(state.version(), 0, null),
                state.history().version());
        place.attempt = state.turn().attempt();
        return place;
    }

    /** Resumes at {@code cursor} of a chat that is now at {@code state}; empty when the chat never was there. */
    static Optional<Place> at(Cursor cursor, ChatState state) {
        if (cursor.version() > state.version()) {
            return Optional.empty();
        }
        boolean nothingMissed = cursor.done() == state.version();
        long historyVersion = nothingMissed ? state.history().version() : historyVersionAt(cursor.done(), state);
        var place = new Place(state.id(), cursor, historyVersion);
        if (nothingMissed) {
            place.attempt = state.turn().attempt();
        }
        Seen seen = cursor.seen();
        if (seen == null) {
            return Optional.of(place);
        }
        boolean elsewhere = nothingMissed && !seen.key(state.id()).equals(state.episode());
        if (elsewhere || seen.historyVersion() > cursor.version()) {
            return Optional.empty();
        }
        place.historyVersion = seen.historyVersion();
        place.attempt = seen.attempt();
        place.seq = seen.seq();
        return Optional.of(place);
    }

    /**
     * The newest version up to {@code version} that brought a message which is still there. Where the history changed in
     * another way an older one comes out; then parts of an ended episode are not found and its message comes alone.
     */
    private static long historyVersionAt(long version, ChatState state) {
        var messages = state.history().messages();
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).version() <= version) {
                return messages.get(i).version();
            }
        }
        return 0;
    }

    long done() {
        return done;
    }

    long seq() {
        return seq;
    }

    /** How many events of the version after {@link #done()} were delivered. */
    int next() {
        return next;
    }

    Cursor cursor() {
        return new Cursor(done, next, seen());
    }

    private @Nullable Seen seen() {
        return attempt == 0 ? null : new Seen(historyVersion, attempt, seq);
    }

    /** The episode whose parts come now. */
    Optional<EpisodeKey> episode() {
        return attempt == 0 ? Optional.empty() : Optional.of(new EpisodeKey(chat, historyVersion, attempt));
    }

    /** Takes over what {@code event}, at the version after {@link #done()}, does to the episode. */
    void enter(ChatEvent event) {
        if (event instanceof ChatEvent.AttemptStarted started) {
            attempt = started.attempt();
            seq = 0;
        } else if (changesHistory(event)) {
            historyVersion = done + 1;
            endEpisode();
        } else if (endsTurn(event)) {
            endEpisode();
        }
    }

    private static boolean changesHistory(ChatEvent event) {
        return event instanceof ChatEvent.UserMessageAdded
                || event instanceof ChatEvent.StepCommitted
                || event instanceof ChatEvent.HistoryTruncated
                || event instanceof ChatEvent.ContextCleared
                || event instanceof ChatEvent.ContextCompacted
                || event instanceof ChatEvent.CompactionRequested;
    }

    private static boolean endsTurn(ChatEvent event) {
        return event instanceof ChatEvent.TurnEnded
                || event instanceof ChatEvent.TurnFailed
                || event instanceof ChatEvent.Reconciled;
    }

    private void endEpisode() {
        attempt = 0;
        seq = 0;
    }

    /** One more event of the version after {@link #done()}. */
    Cursor deliverEvent() {
        next++;
        return cursor();
    }

    /** The version after {@link #done()} is through. */
    void leave() {
        done++;
        next = 0;
    }

    /** One more part of the episode. */
    Seen deliverPart() {
        seq++;
        return new Seen(historyVersion, attempt, seq);
    }

    /** What was seen of the episode is gone; its parts come again. */
    void forgetParts() {
        seq = 0;
    }

    /** The chat's own word for the episode, at the version where this stream now is. */
    void agreeWith(EpisodeKey key) {
        if (historyVersion != key.historyVersion() || attempt != key.attempt()) {
            historyVersion = key.historyVersion();
            attempt = key.attempt();
            seq = 0;
        }
    }
}
