package dev.baton.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterScreenTest {
    private static final ClusterRow ONE = member("node-1", 3, true);
    private static final ClusterRow TWO = member("node-2", 0, false);

    private final StringWriter out = new StringWriter();

    @Test
    void theTableIsAsWideAsItsCells() {
        assertThat(ClusterScreen.table(List.of(ONE, ClusterRow.dead("node-2", 137))))
                .containsExactly(
                        "NODE    URL                    STATUS           DUTIES           RUNNING        SOCKETS",
                        "node-1  http://127.0.0.1:8081  up               oldest, sweeper  4 (3 waiting)  7",
                        "node-2  -                      dead (exit 137)                   -              -");
    }

    @Test
    void onATerminalTheNewTableTakesThePlaceOfTheOld() {
        var screen = new ClusterScreen(new PrintWriter(out), true);
        screen.show(List.of(ONE, TWO));
        assertThat(out.toString()).doesNotContain("\u001b");
        screen.show(List.of(ONE, ClusterRow.starting("node-2")));
        assertThat(out.toString()).contains("\u001b[3A\u001b[J").contains("starting");
    }

    @Test
    void aTableThatStaysTheSameIsNotPrintedAgain() {
        var screen = new ClusterScreen(new PrintWriter(out), true);
        screen.show(List.of(ONE));
        String once = out.toString();
        screen.show(List.of(ONE));
        assertThat(out).hasToString(once);
    }

    @Test
    void withoutATerminalOnlyWhatANodeIsMakesALine() {
        var screen = new ClusterScreen(new PrintWriter(out), false);
        screen.show(List.of(ONE, TWO));
        screen.show(List.of(member("node-1", 0, true), TWO));
        screen.show(List.of(ONE, ClusterRow.dead("node-2", 137)));
        assertThat(out.toString().lines())
                .containsExactly(
                        "node-1  http://127.0.0.1:8081  up  oldest, sweeper",
                        "node-2  http://127.0.0.1:8081  up",
                        "node-2  -  dead (exit 137)");
    }

    private static ClusterRow member(String name, int waiting, boolean oldest) {
        try {
            return ClusterRow.member(name, URI.create("http://127.0.0.1:8081"), ApiClient.JSON.readTree("""
                            {"status":"Up","oldest":%b,"sweeper":%b,"runners":{"running":4,"waiting":%d,"max":9},"sockets":7}
                            """.formatted(
                            oldest, oldest, waiting)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
