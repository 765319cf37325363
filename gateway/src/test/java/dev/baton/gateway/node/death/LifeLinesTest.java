package dev.baton.gateway.node.death;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lines to a port whose answers the test gives by hand. */
class LifeLinesTest {
    private static final int PATIENCE_MILLIS = 10_000;
    private static final Hello LIFE = new Hello("akka://baton@127.0.0.1:25520", "18446744073709551615");
    private static final Hello NEXT_LIFE = new Hello(LIFE.address(), "2");
    private static final Hello SOMEBODY_ELSE = new Hello("akka://baton@127.0.0.1:25521", "3");

    private final LifeLines lines = new LifeLines();
    private final CompletableFuture<String> proof = new CompletableFuture<>();
    private final ServerSocket port;

    LifeLinesTest() throws IOException {
        port = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        port.setSoTimeout(PATIENCE_MILLIS);
    }

    @AfterEach
    void nothingIsLeftRunning() throws IOException {
        lines.close();
        port.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("baton-life-of-" + LIFE.address());
    }

    @Test
    void aPortThatAnsweredAndRefusesIsProof() throws IOException {
        watch();
        try (Socket held = answer(LIFE)) {
            port.close();
            assertThat(held.isConnected()).isTrue();
            assertThat(proof).isNotDone();
        }
        assertThat(proved()).isEqualTo("its port refuses connections");
    }

    @Test
    void anotherLifeAtTheSameAddressIsProof() throws IOException {
        watch();
        answer(LIFE).close();
        answer(NEXT_LIFE).close();
        assertThat(proved()).isEqualTo("another life answers at its address");
    }

    @Test
    void aBrokenConnectionIsNoProofWhileTheSameLifeAnswers() throws IOException {
        watch();
        answer(LIFE).close();
        answer(LIFE).close();
        answer(LIFE).close();
        assertThat(proof).isNotDone();
    }

    @Test
    void somebodyElseOnThePortIsNoProof() throws IOException {
        watch();
        answer(LIFE).close();
        answer(SOMEBODY_ELSE).close();
        answer("HTTP/1.1 400 Bad Request\r\n").close();
        answer("").close();
        answer(LIFE).close();
        assertThat(proof).isNotDone();
    }

    @Test
    void aLifeThatIsForgottenProvesNothingAnyMore() throws IOException {
        watch();
        try (Socket held = answer(LIFE)) {
            lines.forget(LIFE);
            assertThat(held.getInputStream().read()).isEqualTo(-1);
        }
        port.close();
        lines.close();
        assertThat(proof).isNotDone();
    }

    @Test
    void closingEndsAllThreadsFromTwoThreadsAtOnceAndLetsNobodyIn() throws IOException {
        watch();
        try (Socket held = answer(LIFE)) {
            CompletableFuture.allOf(CompletableFuture.runAsync(lines::close), CompletableFuture.runAsync(lines::close))
                    .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                    .join();
            assertThat(held.getInputStream().read()).isEqualTo(-1);
        }
        watch();
        nothingIsLeftRunning();
    }

    private void watch() {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port.getLocalPort());
        lines.watch(address, LIFE, proof::complete);
    }

    private Socket answer(Hello hello) throws IOException {
        return answer(new String(hello.bytes(), StandardCharsets.US_ASCII));
    }

    private Socket answer(String line) throws IOException {
        Socket connection = port.accept();
        connection.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
        return connection;
    }

    private String proved() {
        return proof.orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
    }
}
