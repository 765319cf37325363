package dev.baton.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventParserTest {
    private static final String TEXT = """
            :

            id: 1
            event: status
            data: {"id":"1","type":"status","status":"wärten"}

            data: {"id":"2",
            data:"type":"message"}

            """;

    @Test
    void readsEventsWhereverTheBytesAreCut() {
        byte[] bytes = TEXT.getBytes(StandardCharsets.UTF_8);
        for (int cut = 0; cut <= bytes.length; cut++) {
            assertThat(ids(bytes, cut)).as("cut at %d", cut).containsExactly("1 status", "2 message");
        }
    }

    @Test
    void readsAllThreeEndsOfLines() {
        for (String end : List.of("\r\n", "\r")) {
            byte[] bytes = TEXT.replace("\n", end).getBytes(StandardCharsets.UTF_8);
            for (int cut = 0; cut <= bytes.length; cut++) {
                assertThat(ids(bytes, cut)).as("cut at %d", cut).containsExactly("1 status", "2 message");
            }
        }
    }

    @Test
    void anEventWithoutItsEndIsNone() {
        byte[] bytes = "data: {\"id\":\"1\",\"type\":\"status\"}\n".getBytes(StandardCharsets.UTF_8);
        assertThat(ids(bytes, bytes.length)).isEmpty();
    }

    @Test
    void anEventThatIsNotJsonIsAFailure() {
        byte[] bytes = "data: {oh\n\n".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> ids(bytes, 3))
                .isInstanceOf(BatonException.class)
                .hasMessageStartingWith("an event is not JSON");
    }

    private static List<String> ids(byte[] bytes, int cut) {
        var seen = new ArrayList<String>();
        var parser = new EventParser(event -> seen.add(event.id() + " " + event.type()));
        parser.feed(bytes, 0, cut);
        parser.feed(bytes, cut, bytes.length - cut);
        return seen;
    }
}
