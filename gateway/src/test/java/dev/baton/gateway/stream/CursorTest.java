package dev.baton.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "12", "12.3", "12:5.1.0", "12.3:5.2.18", "1.1"})
    void isReadAsItIsWritten(String text) {
        assertThat(Cursor.parse(text))
                .hasValueSatisfying(cursor -> assertThat(cursor).hasToString(text));
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
