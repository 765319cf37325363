package dev.baton.persistence.chat;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All that a chat is at one version. {@code failure}: why the last turn failed, in {@link Status#ERROR} only; {@code
 * nextNumber}: the number that the next message or queued message gets; {@code version}: how many events led here.
 */
public record ChatState(
        ChatId id,
        Origin origin,
        Details details,
        String model,
        boolean archived,
        Instant updatedAt,
        Status status,
        History history,
        Queue queue,
        Turn turn,
        @Nullable Failure failure,
        Hold hold,
        SentMessages sent,
        long nextNumber,
        long version) {

    /** The chat that does not exist yet. */
    public static ChatState none(ChatId id) {
        return new ChatState(
                id,
                Origin.NONE,
                Details.NONE,
                "",
                false,
                Instant.EPOCH,
                Status.WAITING,
                History.EMPTY,
                Queue.EMPTY,
                Turn.NONE,
                null,
                Hold.NEVER,
                SentMessages.NONE,
                1,
                0);
    }

    public boolean exists() {
        return version > 0;
    }

    /** Which of the states this is; empty when it is impossible, which only {@link Transition#RECONCILE} leads out of. */
    public Optional<State> state() {
        return exists() ? State.of(status, !queue.isEmpty(), archived) : Optional.of(State.N);
    }

    public ChatHint hint() {
        return new ChatHint(
                id,
                origin.owner(),
                version,
                history.version(),
                status,
                archived,
                turn.attempt(),
                hold.epoch(),
                hold.node());
    }

    public EpisodeKey episode() {
        return new EpisodeKey(id, history.version(), turn.attempt());
    }

    public boolean covers(Fence fence) {
        return hold.node() != null && hold.epoch() == fence.epoch() && history.version() == fence.historyVersion();
    }

    /** The state after {@code event}. Never refuses: what is in the journal has happened. */
    public ChatState apply(ChatEvent event) {
        return new Evolution(this, event).result();
    }
}
