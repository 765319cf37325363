package dev.baton.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {

    @Test
    void cutsBeforeTheSpaceOfTheNextWord() {
        assertThat(pieces("The quiet  river\n\n  runs.")).containsExactly("The", " quiet", "  river", "\n\n  runs.");
    }

    @Test
    void cutsWhatHasNoSpaces() {
        assertThat(pieces("abcdefghijklmnopqrstuvwxyz")).containsExactly("abcdefghijklmnop", "qrstuvwxyz");
        assertThat(pieces("橋は橋")).containsExactly("橋", "は", "橋");
        assertThat(pieces("a橋b")).containsExactly("a", "橋", "b");
    }

    @Test
    void leavesCharactersWhole() {
        assertThat(pieces("go 🙂🙂 on")).containsExactly("go", " 🙂", "🙂", " on");
    }

    @Test
    void saysAWordWhenTheNextBegins() {
        var pieces = new Pieces();
        assertThat(pieces.add("one")).isEmpty();
        assertThat(pieces.add(" ")).containsExactly("one");
        assertThat(pieces.add("two three")).containsExactly(" two");
        assertThat(pieces.end()).isEqualTo(" three");
        assertThat(pieces.end()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void dependOnTheTextAlone(long seed) {
        var random = new Random(seed);
        String text = text(random);
        List<String> whole = pieces(text);
        assertThat(String.join("", whole)).isEqualTo(text);
        for (int i = 0; i < 20; i++) {
            assertThat(inParts(text, random)).isEqualTo(whole);
        }
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        String[] bits = {"word", " ", "\n", "橋", "🙂", "longerthanitshouldbe", ".", "  "};
        for (int i = 0; i < 200; i++) {
            text.append(bits[random.nextInt(bits.length)]);
        }
        return text.toString();
    }

    private static List<String> inParts(String text, Random random) {
        var pieces = new Pieces();
        var all = new ArrayList<String>();
        int at = 0;
        while (at < text.length()) {
            int end = text.offsetByCodePoints(
                    at, Math.min(1 + random.nextInt(5), text.codePointCount(at, text.length())));
            all.addAll(pieces.add(text.substring(at, end)));
            at = end;
        }
        addUnlessEmpty(all, pieces.end());
        return all;
    }

    private static List<String> pieces(String text) {
        var pieces = new Pieces();
        var all = new ArrayList<>(pieces.add(text));
        addUnlessEmpty(all, pieces.end());
        return all;
    }

    private static void addUnlessEmpty(List<String> all, String last) {
        if (!last.isEmpty()) {
            all.add(last);
        }
    }
}
