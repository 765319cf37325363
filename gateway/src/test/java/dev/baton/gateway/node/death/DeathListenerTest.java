package dev.baton.gateway.node.death;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeathListenerTest {
    private static final String ADDRESS = "akka://baton@127.0.0.1:25520";

    private final DeathListener listener = DeathListener.open("127.0.0.1", 0);

    @AfterEach
    void nothingIsLeftRunning() {
        listener.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("baton-death-listener");
    }

    @Test
    void saysWhoIsHereToWhoeverConnectsAlsoBeforeItServes() throws IOException {
        try (Socket early = connect()) {
            listener.serve(ADDRESS, -1);
            try (Socket late = connect()) {
                assertThat(Hello.read(early.getInputStream())).contains(new Hello(ADDRESS, "18446744073709551615"));
                assertThat(Hello.read(late.getInputStream())).contains(new Hello(ADDRESS, "18446744073709551615"));
            }
        }
    }

    @Test
    void closingEndsConnectionsAndFreesThePortFromTwoThreadsAtOnce() throws IOException {
        listener.serve(ADDRESS, 1);
        try (Socket held = connect()) {
            assertThat(Hello.read(held.getInputStream())).isPresent();
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(listener::close), CompletableFuture.runAsync(listener::close))
                    .orTimeout(10, TimeUnit.SECONDS)
                    .join();
            assertThat(held.getInputStream().read()).isEqualTo(-1);
        }
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class).hasMessageContaining("refused");
    }

    @Test
    void aPortThatIsTakenIsNamed() {
        assertThatThrownBy(() -> DeathListener.open("127.0.0.1", listener.port()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot listen on 127.0.0.1:" + listener.port() + " (baton.node.death-port)");
    }

    private Socket connect() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
        socket.setSoTimeout(10_000);
        return socket;
    }
}
