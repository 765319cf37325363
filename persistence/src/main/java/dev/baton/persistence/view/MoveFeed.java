package dev.baton.persistence.view;

import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Move;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.journal.CommitListener;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the moves among what is committed. */
public final class MoveFeed implements CommitListener {
    private final Function<NodeId, Optional<Duration>> lostFor;
    private final Consumer<RunnerMove> moved;

    /**
     * {@code lostFor}: how long ago this node saw the first sign that another is lost; {@code moved}: neither blocks nor
     * throws.
     */
    public MoveFeed(Function<NodeId, Optional<Duration>> lostFor, Consumer<RunnerMove> moved) {
        this.lostFor = lostFor;
        this.moved = moved;
    }

    @Override
    public void committed(ChatState state, List<ChatEvent> events) {
        for (ChatEvent event : events) {
            if (event instanceof ChatEvent.RunnerAssigned assigned && assigned.move() != null) {
                Move move = assigned.move();
                moved.accept(new RunnerMove(
                        state.id(),
                        assigned.epoch(),
                        move.from(),
                        assigned.node(),
                        move.cause(),
                        assigned.at(),
                        pause(move)));
            }
        }
    }

    private @Nullable Duration pause(Move move) {
        return move.pause() == null && move.cause() == Move.Cause.TAKEOVER
                ? lostFor.apply(move.from()).orElse(null)
                : move.pause();
    }

    @Override
    public void announced(ChatState state) {}
}
