package dev.baton.persistence.view;

import static dev.baton.persistence.view.SampleChat.chat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PendingUpdatesTest {
    private final PendingUpdates pending = new PendingUpdates(3);

    @Test
    void oneUpdateWaitsPerChatInTheOrderOfTheFirst() {
        add(1, 1);
        add(2, 1);
        add(1, 2);
        assertThat(versions(pending.take(10))).containsExactly("1@2", "2@1");
        assertThat(pending.isEmpty()).isTrue();
    }

    @Test
    void takesNoMoreThanAskedFor() {
        add(1, 1);
        add(2, 1);
        assertThat(versions(pending.take(1))).containsExactly("1@1");
        assertThat(versions(pending.take(1))).containsExactly("2@1");
    }

    @Test
    void whatIsPutBackComesFirstAgainAndJoinsWhatCameMeanwhile() {
        add(1, 1);
        add(2, 1);
        List<PendingUpdates.Numbered> taken = pending.take(2);
        add(3, 1);
        add(2, 2);
        pending.putBack(taken);
        assertThat(versions(pending.take(10))).containsExactly("1@1", "2@2", "3@1");
    }

    @Test
    void theOldestGivesWayAtTheLimit() {
        assertThat(add(1, 1) && add(2, 1) && add(3, 1)).isTrue();
        assertThat(add(1, 2)).isTrue();
        assertThat(add(4, 1)).isFalse();
        assertThat(pending.dropped()).isEqualTo(1);
        assertThat(versions(pending.take(10))).containsExactly("2@1", "3@1", "4@1");
    }

    @Test
    void isSettledUpToANumberWhenNothingOlderWaits() {
        add(1, 1);
        long first = pending.newest();
        add(2, 1);
        add(1, 2);
        assertThat(pending.settled(first)).isFalse();
        pending.take(1);
        assertThat(pending.settled(first)).isTrue();
        assertThat(pending.settled(pending.newest())).isFalse();
        pending.take(1);
        assertThat(pending.settled(pending.newest())).isTrue();
    }

    private boolean add(int number, int version) {
        return pending.add(chat(number).at(version).update());
    }

    private static List<String> versions(List<PendingUpdates.Numbered> taken) {
        return taken.stream()
                .map(entry -> entry.update().id().value().getLeastSignificantBits() + "@"
                        + entry.update().row().version())
                .toList();
    }
}
