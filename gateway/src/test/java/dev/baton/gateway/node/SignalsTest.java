package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignalsTest {
    private final List<String> done = new ArrayList<>();
    private final Signals signals = new Signals(code -> done.add("exit " + code), code -> done.add("halt " + code));

    @Test
    void theFirstBeginsTheWayDown() {
        signals.on("TERM", 15);
        assertThat(done).containsExactly("exit 143");
    }

    @Test
    void theSecondEndsTheProcessWithTheCodeOfTheFirst() {
        signals.on("INT", 2);
        signals.on("TERM", 15);
        signals.on("TERM", 15);
        assertThat(done).containsExactly("exit 130", "halt 130", "halt 130");
    }
}
