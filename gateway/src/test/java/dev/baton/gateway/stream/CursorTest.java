package dev.baton.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "12", "12.3", "12:5.1.0", "12.3:5.2.18", "1.1"})
    void isReadAsItIsWritten(String text) {
        assertThat(Cursor.parse(text))
                .hasValueSatisfying(cursor -> assertThat(cursor).hasToString(text));
    }

    @Test
    void isTakenBackOnlyByItsChat() {
        var chat = new ChatId(new UUID(7, 7));
        String text = Cursor.within(12, 3).textFor(chat);
        assertThat(text).matches("12\\.3~[0-9a-f]{6}");
        assertThat(Cursor.isOfAnother(chat, text)).isFalse();
        assertThat(Cursor.isOfAnother(chat, "12.3")).isFalse();
        assertThat(Cursor.withoutTag(text)).isEqualTo("12.3");
        for (int i = 0; i < 1_000; i++) {
            assertThat(Cursor.isOfAnother(new ChatId(new UUID(7, 8 + i)), text)).isTrue();
            assertThat(Cursor.isOfAnother(new ChatId(new UUID(8 + i, 7)), text)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "-1",
                "01",
                "1.0",
                "0.1",
                "1.01",
                "1:",
                "1:1.1",
                "1:1.0.1",
                "1.2.3",
                "x",
                "1 ",
                "1:1.1.1:",
                "9999999999999999999",
                "1.9999999999"
            })
    void refusesWhatIsNone(String text) {
        assertThat(Cursor.parse(text)).isEmpty();
    }
}
