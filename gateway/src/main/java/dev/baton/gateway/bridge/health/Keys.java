package dev.baton.gateway.bridge.health;

import dev.baton.gateway.bridge.provider.ApiKey;
import java.time.Duration;
import java.util.Optional;

/** Which key a call is made with. */
public sealed interface Keys {

    /** {@code key}: empty where the provider wants none; {@code print}: names the key without showing it. */
    record Picked(Optional<ApiKey> key, String print) implements Keys {}

    /** All are put aside; one of them comes back after {@code left}. */
    record AllAside(Duration left) implements Keys {}
}
