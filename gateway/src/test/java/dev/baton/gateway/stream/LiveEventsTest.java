package dev.baton.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.journal.Chat;
import java.util.Collections;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LiveEventsTest {
    private static final ChatId CHAT = new ChatId(new UUID(0, 1));

    private final LiveEvents live = new LiveEvents(3);

    @Test
    void givesWhatFollows() {
        live.add(committed(5, 2));
        assertThat(live.take(5)).isPresent();
        assertThat(live.take(6)).isPresent();
        assertThat(live.take(7)).isEmpty();
    }

    @Test
    void keepsNoMoreThanItsBoundAndSaysThatThereIsMore() {
        live.add(committed(5, 1_000));
        assertThat(live.size()).isEqualTo(3);
        assertThat(live.newest()).isEqualTo(1_004);
        assertThat(live.take(5)).isPresent();
        live.add(committed(1_005, 1));
        assertThat(live.size()).isEqualTo(2);
        assertThat(live.newest()).isEqualTo(1_005);
    }

    @Test
    void saysWhatIsMissingBeforeIt() {
        live.add(committed(9, 2));
        assertThat(live.take(5)).isEmpty();
        assertThat(live.lastMissing()).isEqualTo(8);
    }

    @Test
    void ignoresWhatItHasHad() {
        live.add(committed(5, 2));
        live.add(committed(5, 2));
        live.add(committed(6, 2));
        assertThat(live.size()).isEqualTo(3);
        assertThat(live.take(7)).isPresent();
        assertThat(live.size()).isZero();
    }

    private static Chat.Committed committed(long first, int count) {
        return new Chat.Committed(CHAT, first, Collections.nCopies(count, new ChatEvent.ChatArchived(MemoryChats.NOW)));
    }
}
