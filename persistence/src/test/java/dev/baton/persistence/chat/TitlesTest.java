package dev.baton.persistence.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A title from the first message. */
class TitlesTest {

    @Test
    void isTheFirstTextOnOneLine() {
        assertThat(title("  Why is\n\tthe sky\r\n blue? ", 60)).isEqualTo("Why is the sky blue?");
        assertThat(Titles.from(List.of(new Part.Text(" "), new Part.Text("blue")), 60))
                .isEqualTo("blue");
    }

    @Test
    void endsInAnEllipsisWhenCut() {
        assertThat(title("0123456789", 10)).isEqualTo("0123456789");
        assertThat(title("0123456789x", 10)).isEqualTo("012345678…");
        assertThat(title("01234567 9x", 10)).isEqualTo("01234567…");
        assertThat(title("01", 1)).isEqualTo("…");
    }

    @Test
    void neverCutsACharacterInHalf() {
        assertThat(title("😀😀😀", 3)).isEqualTo("😀😀😀");
        assertThat(title("😀😀😀", 2)).isEqualTo("😀…");
    }

    @Test
    void hasAWordForNoText() {
        assertThat(Titles.from(List.of(), 60)).isEqualTo("New chat");
        assertThat(Titles.from(List.of(Samples.result("c1")), 60)).isEqualTo("New chat");
    }

    private static String title(String text, int length) {
        return Titles.from(Samples.content(text), length);
    }
}
