package dev.baton.gateway.bridge.provider;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.baton.gateway.bridge.provider.EventStreamParser.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventStreamParserTest {
    private static final String STREAM = String.join(
            "",
            "\uFEFF: hello\r\n",
            "data: größe 🙂\r\n\r\n",
            "event: error\ndata:{\"a\":1}\n\n",
            "data: first\ndata\ndata:  third\n: comment\nid: 7\nretry: 5\n\n",
            "event: nothing\n\n",
            "data: old line ends\r\rdata: last\r\n\n",
            "data: never finished\n");

    private static final List<Event> EVENTS = List.of(
            new Event("", "größe 🙂"),
            new Event("error", "{\"a\":1}"),
            new Event("", "first\n\n third"),
            new Event("", "old line ends"),
            new Event("", "last"));

    @Test
    void readsTheSameWhereverTheStreamIsCutInTwo() {
        byte[] bytes = STREAM.getBytes(UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(read(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)))
                    .as("cut after %d bytes", cut)
                    .isEqualTo(EVENTS);
        }
    }

    @Test
    void readsTheSameInPiecesOfAnySize() {
        byte[] bytes = STREAM.getBytes(UTF_8);
        for (int size = 1; size < 20; size++) {
            var pieces = new ArrayList<byte[]>();
            for (int start = 0; start < bytes.length; start += size) {
                pieces.add(Arrays.copyOfRange(bytes, start, Math.min(bytes.length, start + size)));
            }
            assertThat(read(pieces.toArray(new byte[0][]))).isEqualTo(EVENTS);
        }
    }

    @Test
    void refusesALineThatIsTooLong() {
        var parser = new EventStreamParser(10);
        parser.accept("data: 7890".getBytes(UTF_8), event -> {});
        assertThatExceptionOfType(EventStreamParser.TooLongException.class)
                .isThrownBy(() -> parser.accept("1".getBytes(UTF_8), event -> {}));
    }

    @Test
    void refusesAnEventOfManyLinesThatIsTooLong() {
        var parser = new EventStreamParser(10);
        assertThatExceptionOfType(EventStreamParser.TooLongException.class)
                .isThrownBy(() -> parser.accept("data:12345\ndata:12345\ndata:12345\n".getBytes(UTF_8), event -> {}));
    }

    private static List<Event> read(byte[]... pieces) {
        var parser = new EventStreamParser(1000);
        var events = new ArrayList<Event>();
        for (byte[] piece : pieces) {
            parser.accept(piece, events::add);
        }
        return events;
    }
}
