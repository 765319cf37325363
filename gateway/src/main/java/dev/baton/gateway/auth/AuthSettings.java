package dev.baton.gateway.auth;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of {@code baton.auth}; {@code reference.conf} holds the defaults and says what each is for.
 *
 * @param open whether the user at the machine is let in without a token
 * @param localToken the file of the node's own token
 * @param origins pages that may open streams besides the node's own
 */
public record AuthSettings(
        boolean open,
        Optional<Path> localToken,
        Optional<Secret> operatorToken,
        Set<String> localHosts,
        Set<String> origins,
        Duration recheckInterval,
        Duration useInterval,
        int cachedTokens,
        Duration answerLimit,
        Optional<OidcSettings> oidc) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");
    private static final int SHORTEST_SECRET = 32;

    /** Which requests need a token. */
    private enum Mode {
        /** All, once anything says how to tell who sends them; until then as LOCAL. */
        AUTO,
        LOCAL,
        TOKEN
    }

    public AuthSettings {
        localHosts = Set.copyOf(localHosts);
        origins = Set.copyOf(origins);
        operatorToken.filter(token -> token.text().length() < SHORTEST_SECRET).ifPresent(token -> {
            throw new IllegalArgumentException("baton.auth.operator-token has %d characters; it must have at least %d"
                    .formatted(token.text().length(), SHORTEST_SECRET));
        });
        if (cachedTokens < 1) {
            throw new IllegalArgumentException("baton.auth.cached-tokens (" + cachedTokens + ") must be at least 1");
        }
        for (Duration time : List.of(recheckInterval, useInterval, answerLimit)) {
            if (time.isNegative() || time.isZero()) {
                throw new IllegalArgumentException(
                        "baton.auth.recheck-interval, use-interval and answer-limit must be positive, not " + time);
            }
        }
    }

    public static AuthSettings from(Config root) {
        Config config = root.getConfig("baton.auth");
        Optional<OidcSettings> oidc = OidcSettings.from(root);
        Optional<Secret> operator =
                text(config, "operator-token").map(String::strip).map(Secret::new);
        boolean isConfigured = oidc.isPresent() || operator.isPresent();
        Mode mode = mode(config.getString("mode"));
        boolean open = mode == Mode.LOCAL || (mode == Mode.AUTO && !isConfigured);
        requireLoopback(open, root.getString("baton.http.host"));
        return new AuthSettings(
                open,
                text(config, "local-token").map(Path.of(root.getString("baton.node.data"))::resolve),
                operator,
                Set.copyOf(config.getStringList("local-hosts")),
                Set.copyOf(root.getStringList("baton.api.allowed-origins")),
                config.getDuration("recheck-interval"),
                config.getDuration("use-interval"),
                config.getInt("cached-tokens"),
                config.getDuration("answer-limit"),
                oidc);
    }

    private static Optional<String> text(Config config, String key) {
        return Optional.of(config.getString(key)).filter(text -> !text.isBlank());
    }

    private static Mode mode(String name) {
        try {
            return Mode.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("baton.auth.mode (" + name + ") must be auto, local or token", unknown);
        }
    }

    private static void requireLoopback(boolean open, String host) {
        if (open && !LOOPBACK.contains(host)) {
            throw new IllegalArgumentException("baton.http.host (" + host
                    + ") is reachable by others, and nothing says how to tell who sends a request. Set BATON_AUTH=token"
                    + " (baton.auth.mode = token) and make tokens with ./baton token create, the first one on this machine;"
                    + " or set BATON_OPERATOR_TOKEN, or baton.auth.oidc. docs/security.md says more. For this machine alone"
                    + " it must be 127.0.0.1, ::1 or localhost");
        }
    }
}
