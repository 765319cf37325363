package dev.baton.gateway.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.baton.gateway.bridge.health.HealthSettings;
import dev.baton.gateway.bridge.limit.LimitSettings;
import dev.baton.gateway.bridge.openai.ContinueWith;
import dev.baton.gateway.bridge.provider.ApiKey;
import dev.baton.gateway.bridge.provider.ModelOptions;
import dev.baton.gateway.bridge.provider.ModelOptions.Thinking;
import dev.baton.persistence.ledger.Price;
import dev.baton.runner.model.TakeoverMode;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeSettingsTest {
    private static final ProviderSettings SIMULATED =
            new ProviderSettings("simulated", ProviderType.SIMULATED, true, null, List.of(), Map.of());

    @Test
    void defaultsAreThoseOfTheReference() {
        assertThat(BridgeSettings.from(ConfigFactory.defaultReference()))
                .isEqualTo(new BridgeSettings(
                        Map.of("simulated", SIMULATED),
                        Map.of(),
                        "simulated/default",
                        new HealthSettings(
                                5,
                                Duration.ofSeconds(30),
                                Duration.ofHours(1),
                                Duration.ofSeconds(1),
                                Duration.ofMinutes(10)),
                        new LimitSettings(0, 0, 16, Duration.ofSeconds(5)),
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(1)));
    }

    @Test
    void everyKeyCanBeSet() {
        var settings = read("""
                default-model = "local/gpt-4.1"
                silence-timeout = 1m
                connect-timeout = 2s
                close-limit = 3s
                breaker { failures = 6, open-for = 7s }
                keys { refused-for = 8s, pause = 9s, longest-pause = 10s }
                limits { concurrent = 1, per-minute = 2, queue = 3, queue-wait = 4s }
                models { smart { targets = ["local/plain", "gpt-4.1"] }, gone = null }
                providers.simulated = null
                providers.local {
                  type = openai
                  enabled = false
                  base-url = "http://127.0.0.1:9100/v1/"
                  api-keys = ["first", "", "second"]
                  models {
                    "gpt-4.1" { context = 8192, takeover = continue, continue-with = vllm, price { input = 0.5, output = 1.5 },
                      max-output = 100, effort = low }
                    plain {}
                  }
                }
                """);
        var models = Map.of(
                "gpt-4.1",
                new ModelSettings(
                        8192,
                        TakeoverMode.CONTINUE,
                        ContinueWith.VLLM,
                        new Price(new BigDecimal("0.5"), new BigDecimal("1.5")),
                        new ModelOptions(100, "low", Thinking.OFF, false, false)),
                "plain",
                ModelSettings.UNKNOWN);
        var local = new ProviderSettings(
                "local",
                ProviderType.OPENAI,
                false,
                URI.create("http://127.0.0.1:9100/v1"),
                List.of(new ApiKey("first"), new ApiKey("second")),
                models);

        assertThat(settings)
                .isEqualTo(new BridgeSettings(
                        Map.of("local", local),
                        Map.of("smart", List.of("local/plain", "gpt-4.1")),
                        "local/gpt-4.1",
                        new HealthSettings(
                                6,
                                Duration.ofSeconds(7),
                                Duration.ofSeconds(8),
                                Duration.ofSeconds(9),
                                Duration.ofSeconds(10)),
                        new LimitSettings(1, 2, 3, Duration.ofSeconds(4)),
                        Duration.ofMinutes(1),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3)));
    }

    @Test
    void tellsAllThatIsWrongAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("""
                        silence-timeout = soon
                        providers.a { type = openai, base-ulr = "http://127.0.0.1" }
                        providers.b { type = openai, base-url = "ftp://127.0.0.1", models { m { context = -1, takeover = stay }, n { continue-with = luck } } }
                        providers.c { type = simulated, api-keys = ["x"] }
                        providers.d = 5
                        """))
                .withMessageContaining("silence-timeout")
                .withMessageContaining("baton.bridge.providers.a.base-ulr is not known")
                .withMessageContaining("providers.b.models.\"m\".takeover (stay) must be reattach, continue or restart")
                .withMessageContaining(
                        "providers.b.models.\"n\".continue-with (luck) must be one of plain, vllm, mistral, deepseek")
                .withMessageContaining("providers.c is of type simulated and must have neither base-url")
                .withMessageContaining("providers.d must be a block");
    }

    @Test
    void refusesAWayToGoOnThatTheDialectDoesNotHave() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(
                        "providers.b { type = openai, base-url = \"http://a\", models { m { takeover = reattach } } }"))
                .withMessageContaining("providers.b.models.\"m\".takeover (reattach) is not possible with type openai");
    }

    @Test
    void letsResponsesBeReattachedTo() {
        var settings = read("""
                providers.r { type = openai-responses, base-url = "http://a", models {
                  kept { takeover = reattach, thinking = adaptive, effort = low }, plain {}
                } }
                """);
        var models = Objects.requireNonNull(settings.providers().get("r")).models();
        assertThat(Objects.requireNonNull(models.get("kept")).options())
                .isEqualTo(new ModelOptions(null, "low", Thinking.ADAPTIVE, false, true));
        assertThat(Objects.requireNonNull(models.get("plain")).options().kept()).isFalse();
    }

    @Test
    void readsHowAModelThinks() {
        var settings = read("""
                providers.c { type = anthropic, base-url = "http://a", models {
                  deep { thinking = 2048, max-output = 4096, cache = true }, plain { thinking = off, takeover = continue }
                } }
                """);
        var models = Objects.requireNonNull(settings.providers().get("c")).models();
        assertThat(Objects.requireNonNull(models.get("deep")).options())
                .isEqualTo(new ModelOptions(4096, null, new Thinking(true, 2048), true, false));
        assertThat(Objects.requireNonNull(models.get("plain")).options()).isEqualTo(ModelOptions.NONE);
    }

    @Test
    void refusesOptionsThatDoNotGoTogether() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("""
                        models { smart { targets = ["nobody/m"] }, odd { target = x }, none { targets = [] } }
                        breaker.failures = 0
                        keys.pause = 0s
                        """))
                .withMessageContaining("baton.bridge.models.\"odd\" must be a block with targets and nothing else");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("""
                        models { smart { targets = ["nobody/m"] }, none { targets = [] } }
                        breaker.failures = 0
                        keys.pause = 0s
                        """))
                .withMessageContaining("models.\"smart\".targets (nobody/m) must name models")
                .withMessageContaining("models.\"none\".targets must not be empty")
                .withMessageContaining("breaker.failures (0) must be positive")
                .withMessageContaining("keys.pause (PT0S) must be longer than nothing");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("""
                        providers.c { type = anthropic, base-url = "http://a", models {
                          a { thinking = adaptive, takeover = continue }
                          b { thinking = 2048 }
                        } }
                        """))
                .withMessageContaining("models.\"a\".takeover (continue) is not possible with thinking")
                .withMessageContaining("models.\"b\".thinking (2048) must be at least 1024 and less than max-output");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("""
                        providers.o { type = openai, base-url = "http://a", models {
                          a { thinking = adaptive, cache = true }
                        } }
                        """))
                .withMessageContaining("models.\"a\".cache needs type anthropic")
                .withMessageContaining("models.\"a\".thinking needs type anthropic or openai-responses");
    }

    @Test
    void refusesAWordForContinuingWhereNothingIsContinued() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> read(
                                "providers.b { type = openai, base-url = \"http://a\", models { m { continue-with = vllm } } }"))
                .withMessageContaining(
                        "providers.b.models.\"m\".continue-with (vllm) needs type openai and takeover = continue");
    }

    @ParameterizedTest
    @ValueSource(strings = {"responses", "claude", "OPENAI"})
    void refusesATypeItDoesNotKnowAndNamesThoseItKnows(String type) {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> read("providers.x { type = \"%s\", base-url = \"http://127.0.0.1\" }".formatted(type)))
                .withMessage(
                        "baton.bridge.providers.x.type (%s) must be one of simulated, openai, openai-responses, anthropic",
                        type);
    }

    @Test
    void refusesAModelNameWhoseDotsAreNotQuoted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        read("providers.x { type = openai, base-url = \"http://127.0.0.1\", models { gpt-4.1 {} } }"))
                .withMessageContaining("a name with dots needs quotes");
    }

    @Test
    void refusesADefaultModelThatNobodyHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("default-model = nobody/has-it"))
                .withMessage("baton.bridge.default-model (nobody/has-it) must name a model:"
                        + " no provider has a model named nobody/has-it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user:secret@host/v1", "https://host/v1?key=secret", "secret", "https://a b"})
    void keepsSecretsOfAUrlOutOfItsErrors(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read("providers.x { type = openai, base-url = \"%s\" }".formatted(url)))
                .withMessageContaining("baton.bridge.providers.x.base-url")
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("secret@", "=secret"));
    }

    @Test
    void neverShowsAKey() {
        var settings =
                read("providers.x { type = openai, base-url = \"http://127.0.0.1\", api-keys = [\"secret-1\"] }");
        assertThat(settings.toString()).doesNotContain("secret-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(
                        "providers.x { type = openai, base-url = \"http://127.0.0.1\", api-keys = [\"se cret\"] }"))
                .withMessage("baton.bridge.providers.x.api-keys.0 must be visible ASCII without spaces");
    }

    private static BridgeSettings read(String bridge) {
        Config own = ConfigFactory.parseString("baton.bridge {\n" + bridge + "\n}");
        return BridgeSettings.from(own.withFallback(ConfigFactory.defaultReference()));
    }
}
