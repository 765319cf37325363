package dev.baton.persistence.view;

import static dev.baton.persistence.view.Moves.NOW;
import static dev.baton.persistence.view.Moves.chat;
import static dev.baton.persistence.view.Moves.move;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

abstract class MoveTableContract extends ViewContract {
    private final JdbcMoveTable moves = new JdbcMoveTable(database, SETTINGS);

    @Test
    void keepsAllThatAMoveSays() {
        RunnerMove seen = move(1, 2, 0, Duration.ofMillis(730));
        RunnerMove unseen = move(2, 5, -1);
        moves.write(List.of(seen, unseen));
        assertThat(all()).containsExactly(seen, unseen);
    }

    @Test
    void writesNothingTwice() {
        moves.write(List.of(move(1, 2, 0)));
        moves.write(List.of(move(1, 2, 3), move(1, 3, 4)));
        assertThat(all()).containsExactly(move(1, 3, 4), move(1, 2, 0));
    }

    @Test
    void listsPageByPageWhatHappenedAtTheSameTimeToo() {
        var written = new ArrayList<RunnerMove>();
        for (int i = 1; i <= 5; i++) {
            written.add(0, move(i, 1, 0));
        }
        moves.write(written);
        var read = new ArrayList<RunnerMove>();
        Optional<String> cursor = Optional.empty();
        do {
            MovePage page = moves.page(Optional.empty(), cursor, 2);
            read.addAll(page.moves());
            cursor = page.nextCursor();
        } while (cursor.isPresent());
        assertThat(read).isEqualTo(written);
    }

    @Test
    void listsOneChatsMoves() {
        moves.write(List.of(move(1, 2, 0), move(2, 2, 1), move(1, 3, 2)));
        assertThat(moves.page(Optional.of(chat(1)), Optional.empty(), 10).moves())
                .containsExactly(move(1, 3, 2), move(1, 2, 0));
    }

    @Test
    void refusesACursorThatItNeverGave() {
        assertThatThrownBy(() -> moves.page(Optional.empty(), Optional.of("nonsense"), 10))
                .isInstanceOfSatisfying(
                        ChatException.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.CURSOR_UNKNOWN));
    }

    @Test
    void purgesTheOldestInBatches() {
        moves.write(List.of(move(1, 1, -10), move(2, 1, -9), move(3, 1, -8), move(4, 1, 0)));
        assertThat(moves.purge(NOW, 2)).isEqualTo(2);
        assertThat(all()).containsExactly(move(4, 1, 0), move(3, 1, -8));
        assertThat(moves.purge(NOW, 2)).isEqualTo(1);
        assertThat(moves.purge(NOW, 2)).isZero();
        assertThat(all()).containsExactly(move(4, 1, 0));
    }

    private List<RunnerMove> all() {
        return moves.page(Optional.empty(), Optional.empty(), 100).moves();
    }
}
