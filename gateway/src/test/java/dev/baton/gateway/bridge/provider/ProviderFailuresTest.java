package dev.baton.gateway.bridge.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

class ProviderFailuresTest {
    private final ProviderFailures failures = new ProviderFailures("local", List.of(new ApiKey("topsecret1")));

    @Test
    void saysWhoFailedHowAndWhy() {
        var failure = failures.ofStatus(429, "slow down", Duration.ofSeconds(3));
        assertThat(failure.failure())
                .isEqualTo(new Failure(
                        "local limits the rate of requests right now",
                        "slow down",
                        FailureKind.RATE_LIMIT,
                        "local",
                        true,
                        429));
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(3));
    }

    @Test
    void boundsTheDetailAndHidesKeysAlsoAtItsCut() {
        for (int before = 470; before <= 510; before++) {
            String detail = detail(failures.ofStatus(401, "x".repeat(before) + " topsecret1 and more", null)
                    .failure());
            assertThat(detail).hasSizeLessThanOrEqualTo(ProviderFailures.MAX_DETAIL);
            assertThat(detail).doesNotContain("top");
        }
    }

    @Test
    void hidesWhatLooksLikeAKey() {
        assertThat(detail(failures.ofStatus(401, "got Bearer abcdefgh123 and sk-proj-12345678_x", null)
                        .failure()))
                .isEqualTo("got (hidden) and (hidden)");
    }

    @Test
    void takesABrokenConnectionForATransientFault() {
        var failure = failures.ofTransport(new RuntimeException(new IOException("connection reset")))
                .failure();
        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void takesAWrongCertificateForAWrongSetting() {
        var handshake = new SSLHandshakeException("no trust");
        handshake.initCause(new CertificateException("self-signed"));
        assertThat(failures.ofTransport(handshake).failure().kind()).isEqualTo(FailureKind.CONFIG);
    }

    @Test
    void keepsWhatIsClassifiedAlready() {
        var classified = failures.withheld();
        assertThat(failures.ofTransport(new RuntimeException(classified))).isSameAs(classified);
    }

    private static String detail(Failure failure) {
        return Objects.requireNonNull(failure.detail());
    }
}
