package dev.baton.gateway.auth;

import com.typesafe.config.Config;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The settings of {@code baton.auth.oidc}; {@code reference.conf} holds the defaults and says what each is for. */
public record OidcSettings(
        String issuer,
        URI keys,
        Set<String> audience,
        Set<String> algorithms,
        Duration clockSkew,
        String ownerClaim,
        String ownerPrefix,
        String roleClaim,
        Set<String> operatorRoles,
        Set<String> userRoles,
        Duration keysAge,
        Duration keysInterval,
        Duration fetchLimit) {
    /** Those by which a public key can check a token and cannot make one. */
    private static final Set<String> ASYMMETRIC =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public OidcSettings {
        audience = Set.copyOf(audience);
        algorithms = Set.copyOf(algorithms);
        operatorRoles = Set.copyOf(operatorRoles);
        userRoles = Set.copyOf(userRoles);
        String host = keys.getHost() == null ? "" : keys.getHost();
        boolean isSafe =
                "https".equals(keys.getScheme()) || ("http".equals(keys.getScheme()) && LOOPBACK.contains(host));
        if (!isSafe || host.isEmpty()) {
            throw wrong("jwks-url", keys, "be an https:// address");
        }
        if (audience.isEmpty()) {
            throw wrong(
                    "audience", audience, "name at least one, or tokens made for other services would open this one");
        }
        if (algorithms.isEmpty() || !ASYMMETRIC.containsAll(algorithms)) {
            throw wrong(
                    "algorithms",
                    algorithms,
                    "be some of " + ASYMMETRIC.stream().sorted().toList());
        }
        if (ownerClaim.isBlank()) {
            throw wrong("owner-claim", ownerClaim, "not be blank");
        }
        if ((!operatorRoles.isEmpty() || !userRoles.isEmpty()) && roleClaim.isBlank()) {
            throw wrong("role-claim", roleClaim, "say where the roles are");
        }
        if (clockSkew.isNegative()) {
            throw wrong("clock-skew", clockSkew, "not be negative");
        }
        for (Duration time : List.of(keysAge, keysInterval, fetchLimit)) {
            if (time.isNegative() || time.isZero()) {
                throw wrong("keys-age, keys-interval or fetch-limit", time, "be positive");
            }
        }
    }

    /** Empty when no issuer is configured. */
    static Optional<OidcSettings> from(Config root) {
        Config config = root.getConfig("baton.auth.oidc");
        if (config.getString("issuer").isBlank()) {
            return Optional.empty();
        }
        return Optional.of(new OidcSettings(
                config.getString("issuer"),
                URI.create(config.getString("jwks-url")),
                Set.copyOf(config.getStringList("audience")),
                Set.copyOf(config.getStringList("algorithms")),
                config.getDuration("clock-skew"),
                config.getString("owner-claim"),
                config.getString("owner-prefix"),
                config.getString("role-claim"),
                Set.copyOf(config.getStringList("operator-roles")),
                Set.copyOf(config.getStringList("user-roles")),
                config.getDuration("keys-age"),
                config.getDuration("keys-interval"),
                config.getDuration("fetch-limit")));
    }

    private static IllegalArgumentException wrong(String key, Object value, String rule) {
        return new IllegalArgumentException("baton.auth.oidc.%s (%s) must %s".formatted(key, value, rule));
    }
}
