package dev.baton.gateway.node.death;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.gateway.node.death.LifeCheck.Verdict;
import dev.baton.persistence.chat.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LifeCheckTest {
    private static final String ADDRESS = "akka://baton@127.0.0.1:25520";
    private static final NodeId LIFE = NodeId.of(ADDRESS, "18446744073709551615");

    @Test
    void aNodeThatAnswersWithItsOwnLifeLives() {
        try (DeathListener listener = DeathListener.open("127.0.0.1", 0)) {
            listener.serve(ADDRESS, -1);
            assertThat(LifeCheck.of(LIFE, listener.port())).isEqualTo(Verdict.LIVES);
        }
    }

    @Test
    void anotherLifeOrAnotherNodeOnItsPortProvesItsDeath() {
        try (DeathListener listener = DeathListener.open("127.0.0.1", 0)) {
            listener.serve(ADDRESS, 2);
            assertThat(LifeCheck.of(LIFE, listener.port())).isEqualTo(Verdict.DEAD);
            NodeId elsewhere = NodeId.of("akka://baton@127.0.0.1:25521", "2");
            assertThat(LifeCheck.of(elsewhere, listener.port())).isEqualTo(Verdict.DEAD);
        }
    }

    @Test
    void aRefusedConnectionProvesItsDeath() {
        DeathListener gone = DeathListener.open("127.0.0.1", 0);
        gone.close();
        assertThat(LifeCheck.of(LIFE, gone.port())).isEqualTo(Verdict.DEAD);
    }

    @Test
    void aPortThatSaysNothingProvesNothing() throws IOException {
        try (var hanging = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            assertThat(LifeCheck.of(LIFE, hanging.getLocalPort())).isEqualTo(Verdict.SILENT);
        }
        assertThat(LifeCheck.of(NodeId.of("akka://baton@no-such-host.invalid:1", "1"), 1))
                .isEqualTo(Verdict.SILENT);
    }
}
