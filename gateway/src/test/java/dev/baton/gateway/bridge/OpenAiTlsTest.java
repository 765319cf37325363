package dev.baton.gateway.bridge;

import static dev.baton.gateway.bridge.Conversations.asking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Sink;
import akka.stream.testkit.javadsl.TestSink;
import com.typesafe.config.ConfigFactory;
import dev.baton.gateway.bridge.fake.FakeCallLog.Call;
import dev.baton.gateway.bridge.fake.FakeCallLog.End;
import dev.baton.gateway.bridge.fake.FakeProvider;
import dev.baton.gateway.bridge.fake.FakeText;
import dev.baton.gateway.bridge.health.SharedHealth;
import dev.baton.gateway.bridge.limit.OwnerLimits;
import dev.baton.persistence.chat.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dialect behind TLS, with a certificate that the JDK's keytool makes. */
class OpenAiTlsTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path dir;

    private final FakeProvider fake = FakeProvider.start(context());

    @BeforeAll
    static void makeCertificate() throws Exception {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "fake",
                        "-dname",
                        "CN=fake",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        dir.resolve("keys.p12").toString(),
                        "-storepass",
                        "changeit")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @AfterEach
    void closeProvider() {
        fake.close();
    }

    @Test
    void streamsAndCancels() throws Exception {
        Bridge bridge = bridge(context());
        var events = bridge.call(asking("fake-20-0", "hi"))
                .runWith(Sink.seq(), KIT.system())
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        assertThat(Conversations.textOf(events)).isEqualTo(FakeText.of("hi", 20));

        var probe = bridge.call(asking("fake-1000-20", "long")).runWith(TestSink.create(KIT.system()), KIT.system());
        probe.requestNext();
        probe.cancel();
        assertThat(fake.log().awaitAllEnded(LIMIT)).extracting(Call::end).containsExactly(End.WHOLE, End.CANCELLED);
    }

    @Test
    void takesACertificateThatNobodyTrustsForAWrongSetting() throws Exception {
        Bridge bridge = bridge(jdkDefault());
        var failure = Conversations.modelFailure(catchThrowable(() -> bridge.call(asking("m", "hi"))
                        .runWith(Sink.seq(), KIT.system())
                        .toCompletableFuture()
                        .get(10, TimeUnit.SECONDS)))
                .failure();
        assertThat(failure.kind()).as("%s", failure).isEqualTo(FailureKind.CONFIG);
        assertThat(failure.retryable()).isFalse();
        assertThat(failure.detail()).contains("certification path");
        bridge.close(LIMIT).toCompletableFuture().get(15, TimeUnit.SECONDS);
    }

    private Bridge bridge(SSLContext tls) {
        var own = ConfigFactory.parseString(
                "baton.bridge.providers.local { type = openai, base-url = \"%s\" }".formatted(fake.baseUrl()));
        return Bridge.create(
                KIT.system(),
                BridgeSettings.from(own.withFallback(ConfigFactory.defaultReference())),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                tls,
                SharedHealth.ALONE,
                BridgeMeter.NONE,
                Bridge.Around.NOTHING,
                OwnerLimits.NONE);
    }

    private static SSLContext jdkDefault() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static SSLContext context() {
        try (var stored = Files.newInputStream(dir.resolve("keys.p12"))) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(stored, PASSWORD);
            var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("fake", keys.getCertificate("fake"));
            trust.init(trusted);
            var context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
