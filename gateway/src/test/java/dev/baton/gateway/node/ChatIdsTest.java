package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class ChatIdsTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void anIdIsOfVersionSevenAndNamesItsTime() {
        ChatId id = idsAt(NOW).get();
        assertThat(id.value().version()).isEqualTo(7);
        assertThat(id.value().variant()).isEqualTo(2);
        assertThat(id.value().getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
        assertThat(ChatId.parse(id.toString())).contains(id);
    }

    @Test
    void laterIdsSortLater() {
        String first = idsAt(NOW).get().toString();
        String second = idsAt(NOW.plus(Duration.ofMillis(1))).get().toString();
        assertThat(first).isLessThan(second);
    }

    @Test
    void idsOfOneMomentDiffer() {
        ChatIds ids = idsAt(NOW);
        assertThat(ids.get()).isNotEqualTo(ids.get());
    }

    private static ChatIds idsAt(Instant now) {
        return new ChatIds(Clock.fixed(now, ZoneOffset.UTC));
    }
}
