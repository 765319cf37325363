package dev.baton.gateway.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** When tokens were used last, until it is written, for all of them at once. Coarse, so that most requests cost nothing. */
final class TokenUses {
    private static final Duration COARSE = Duration.ofMinutes(1);

    private final Map<UUID, Instant> unwritten = new HashMap<>();
    private final int bound;

    /** {@code bound}: how many tokens are kept; what does not fit is seen at a later use. */
    TokenUses(int bound) {
        this.bound = bound;
    }

    synchronized void used(UUID token, Instant now) {
        Instant known = unwritten.get(token);
        boolean isNews =
                known == null ? unwritten.size() < bound : known.plus(COARSE).isBefore(now);
        if (isNews) {
            unwritten.put(token, now);
        }
    }

    synchronized Map<UUID, Instant> take() {
        var all = Map.copyOf(unwritten);
        unwritten.clear();
        return all;
    }
}
