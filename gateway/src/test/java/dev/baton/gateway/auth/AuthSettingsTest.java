package dev.baton.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthSettingsTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String OIDC = """
            baton.auth.oidc { issuer = "https://id.example.com", jwks-url = "https://id.example.com/keys", audience = [baton] }
            """;

    @Test
    void theDefaultsAreThoseOfTheReference() {
        assertThat(settings(""))
                .isEqualTo(new AuthSettings(
                        true,
                        Optional.of(Path.of("./data/local-token")),
                        Optional.empty(),
                        Set.of(),
                        Set.of(),
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(1),
                        10_000,
                        Duration.ofSeconds(5),
                        Optional.empty()));
    }

    @Test
    void everyKeyCanBeSet() {
        AuthSettings settings = settings("""
                baton.node.data = "/d"
                baton.api.allowed-origins = ["https://o"]
                baton.auth {
                  mode = token, local-token = t, operator-token = "%s", local-hosts = [h], recheck-interval = 1s
                  use-interval = 2s, cached-tokens = 3, answer-limit = 4s
                  oidc {
                    issuer = i, jwks-url = "https://k/j", audience = [a], algorithms = [PS256], clock-skew = 1s
                    owner-claim = c, owner-prefix = p, role-claim = r, operator-roles = [o], user-roles = [u]
                    keys-age = 2s, keys-interval = 3s, fetch-limit = 4s
                  }
                }
                """.formatted(SECRET));
        assertThat(settings)
                .isEqualTo(new AuthSettings(
                        false,
                        Optional.of(Path.of("/d/t")),
                        Optional.of(new Secret(SECRET)),
                        Set.of("h"),
                        Set.of("https://o"),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        3,
                        Duration.ofSeconds(4),
                        Optional.of(new OidcSettings(
                                "i",
                                URI.create("https://k/j"),
                                Set.of("a"),
                                Set.of("PS256"),
                                Duration.ofSeconds(1),
                                "c",
                                "p",
                                "r",
                                Set.of("o"),
                                Set.of("u"),
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4)))));
        assertThat(settings.toString()).doesNotContain(SECRET);
    }

    @Test
    void whatSaysHowToTellWhoSendsARequestMakesTokensNecessary() {
        assertThat(settings("").open()).isTrue();
        assertThat(settings(OIDC).open()).isFalse();
        assertThat(settings("baton.auth.operator-token = \"" + SECRET + "\"").open())
                .isFalse();
        assertThat(settings("baton.auth.mode = local\n" + OIDC).open()).isTrue();
        assertThat(settings("baton.auth.mode = token").open()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "chat.example.com"})
    void beyondThisMachineNothingIsOpen(String host) {
        String listen = "baton.http.host = \"" + host + "\"\n";
        assertThatThrownBy(() -> settings(listen))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("baton.http.host (" + host + ") is reachable by others")
                .hasMessageContaining("BATON_AUTH=token")
                .hasMessageContaining("docs/security.md");
        assertThatThrownBy(() -> settings(listen + "baton.auth.mode = local"))
                .hasMessageStartingWith("baton.http.host (");
        assertThat(settings(listen + "baton.auth.mode = token").open()).isFalse();
        assertThat(settings(listen + OIDC).open()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode = open | baton.auth.mode (open) must be auto, local or token",
                "operator-token = short | baton.auth.operator-token has 5 characters; it must have at least 32",
                "cached-tokens = 0 | baton.auth.cached-tokens (0) must be at least 1",
                "oidc.jwks-url = \"http://id.example.com/keys\" | baton.auth.oidc.jwks-url (http://id.example.com/keys) must be an https:// address",
                "oidc.jwks-url = \"\" | baton.auth.oidc.jwks-url () must be an https:// address",
                "oidc.audience = [] | baton.auth.oidc.audience ([]) must name at least one",
                "oidc.algorithms = [none] | baton.auth.oidc.algorithms ([none]) must be some of",
                "oidc.algorithms = [HS256] | baton.auth.oidc.algorithms ([HS256]) must be some of",
                "oidc.operator-roles = [o] | baton.auth.oidc.role-claim () must say where the roles are"
            })
    void whatIsWrongIsNamed(String key, String message) {
        assertThatThrownBy(() -> settings(OIDC + "baton.auth." + key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    private static AuthSettings settings(String text) {
        Config config = ConfigFactory.parseString(text).withFallback(ConfigFactory.defaultReference());
        return AuthSettings.from(config.resolve());
    }
}
