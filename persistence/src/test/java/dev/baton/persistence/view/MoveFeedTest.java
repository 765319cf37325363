package dev.baton.persistence.view;

import static dev.baton.persistence.view.Moves.FROM;
import static dev.baton.persistence.view.Moves.NOW;
import static dev.baton.persistence.view.Moves.TO;
import static dev.baton.persistence.view.Moves.chat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Move;
import dev.baton.persistence.chat.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MoveFeedTest {
    private static final Duration LOST = Duration.ofMillis(700);

    private final List<RunnerMove> moves = new ArrayList<>();
    private final MoveFeed feed =
            new MoveFeed(node -> node.equals(FROM) ? Optional.of(LOST) : Optional.empty(), moves::add);

    @Test
    void aTakeoverLastsFromTheFirstSignOfTheLoss() {
        commit(new Move(FROM, Move.Cause.TAKEOVER, null));
        assertThat(moves).containsExactly(new RunnerMove(chat(1), 4, FROM, TO, Move.Cause.TAKEOVER, NOW, LOST));
    }

    @Test
    void aTakeoverWhoseBeginningNobodySawHasNoPause() {
        commit(new Move(new NodeId("akka://baton@127.0.0.1:3#3"), Move.Cause.TAKEOVER, null));
        assertThat(moves)
                .singleElement()
                .satisfies(move -> assertThat(move.pause()).isNull());
    }

    @Test
    void aHandoverSaysItselfHowLongItTook() {
        commit(new Move(FROM, Move.Cause.HANDOVER, Duration.ofMillis(20)));
        assertThat(moves)
                .singleElement()
                .satisfies(move -> assertThat(move.pause()).isEqualTo(Duration.ofMillis(20)));
    }

    @Test
    void aRunnerWhereThereWasNoneIsNoMove() {
        commit(null);
        assertThat(moves).isEmpty();
    }

    private void commit(@Nullable Move move) {
        var assigned = new ChatEvent.RunnerAssigned(4, TO, move, NOW);
        feed.committed(ChatState.none(chat(1)), List.of(new ChatEvent.AttemptStarted(1, NOW), assigned));
    }
}
