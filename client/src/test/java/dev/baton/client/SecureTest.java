package dev.baton.client;

import static dev.baton.client.Answers.STREAM;
import static dev.baton.client.Answers.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over TLS, with a certificate made for the test that is good for 127.0.0.1 alone. */
class SecureTest {
    private static final String PASSWORD = "secret";

    @TempDir
    private static Path directory;

    private static SSLContext before;

    @BeforeAll
    static void trustTheTestsCertificate() throws Exception {
        before = SSLContext.getDefault();
        SSLContext.setDefault(context());
    }

    @AfterAll
    static void forget() {
        SSLContext.setDefault(before);
    }

    @Test
    void comesBackWhereTheConnectionIsCut() throws Exception {
        try (var node = node(call -> call.say(STREAM + part(call.number())));
                var client = Clients.of(Clients.LONG, secure(node, "127.0.0.1"));
                var stream = client.stream("c")) {
            assertThat(Clients.parts(stream, 3)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void waitsAndGoesOnWithTheSameConnection() throws Exception {
        try (var node = node(call -> {
                    call.say(STREAM + part(1));
                    call.hold();
                });
                var client = Clients.of(Clients.LONG, secure(node, "127.0.0.1"));
                var stream = client.stream("c")) {
            Clients.parts(stream, 1);
            assertThat(stream.next(Duration.ofMillis(5))).isEmpty();
            node.calls().get(0).say(part(2));
            assertThat(Clients.parts(stream, 1)).containsExactly(2);
            assertThat(stream.connections()).isEqualTo(1);
        }
    }

    @Test
    void closeEndsAReadAndAHandshake() throws Exception {
        long sockets = Threads.sockets();
        try (var node = node(call -> call.say(STREAM + part(1)).hold());
                var silent = new ScriptedNode(ScriptedNode.Call::hold)) {
            var client = Clients.of(Clients.LONG, secure(node, "127.0.0.1"));
            var dialling = Clients.of(Clients.LONG, secure(silent, "127.0.0.1"));
            ChatStream stream = client.stream("c");
            ChatStream other = dialling.stream("c");
            Clients.parts(stream, 1);
            var reading = Threads.start(() -> assertThatThrownBy(stream::next).isInstanceOf(ClosedException.class));
            var shaking = Threads.start(() -> assertThatThrownBy(other::next).isInstanceOf(ClosedException.class));
            Threads.awaitWithin(reading.thread(), "SSLSocketImpl");
            Threads.awaitWithin(shaking.thread(), "SSLSocketImpl");
            client.close();
            dialling.close();
            reading.join();
            shaking.join();
        }
        assertThat(Threads.sockets()).isEqualTo(sockets);
    }

    @Test
    void doesNotTalkToAnotherThanTheOneItMeant() throws Exception {
        try (var node = node(call -> call.say(STREAM + part(1)).hold());
                var client = Clients.of(Clients.LONG, secure(node, "localhost"));
                var stream = client.stream("c")) {
            while (stream.trouble().isEmpty()) {
                assertThat(stream.next(Duration.ofMillis(1))).isEmpty();
            }
            assertThat(node.calls()).isEmpty();
        }
    }

    private static URI secure(ScriptedNode node, String host) {
        return URI.create("https://" + host + ":" + node.url().getPort());
    }

    private static ScriptedNode node(ScriptedNode.Script script) throws IOException, GeneralSecurityException {
        return new ScriptedNode(
                SSLContext.getDefault()
                        .getServerSocketFactory()
                        .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                script);
    }

    private static SSLContext context() throws IOException, GeneralSecurityException, InterruptedException {
        Path file = directory.resolve("keys.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        Process made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "node",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=node",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(made.waitFor()).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        var identity = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        identity.init(keys, PASSWORD.toCharArray());
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("node", keys.getCertificate("node"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var context = SSLContext.getInstance("TLS");
        context.init(identity.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
