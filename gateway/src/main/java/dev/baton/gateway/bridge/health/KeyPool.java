package dev.baton.gateway.bridge.health;

import dev.baton.gateway.bridge.provider.ApiKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Hands out keys in turn and leaves those aside that are used up or were refused.
 *
 * <p>A key that was refused is asked again, early, only when there is no other: whoever has mended it must not wait. A key
 * that was used too much is not: the provider said so.
 *
 * <p>Not safe for several threads; {@link Health} is.
 */
final class KeyPool {
    private static final String NONE = "none";

    /** Aside until then. */
    record Aside(Instant until, boolean refused) {}

    private final Map<String, Aside> aside = new HashMap<>();
    private int next;

    /** {@code tried}: prints of keys that this call has tried already. */
    Optional<Keys> pick(List<ApiKey> keys, Collection<String> tried, Instant now) {
        List<Keys.Picked> left = candidates(keys).stream()
                .filter(each -> !tried.contains(each.print()))
                .toList();
        if (left.isEmpty()) {
            return Optional.empty();
        }
        for (int i = 0; i < left.size(); i++) {
            Keys.Picked each = left.get(Math.floorMod(next + i, left.size()));
            if (!isAside(each, now)) {
                next = next + i + 1;
                return Optional.of(each);
            }
        }
        var refused = left.stream().filter(each -> isRefused(each)).min(Comparator.comparing(each -> untilOf(each)));
        if (refused.isPresent()) {
            return Optional.of(refused.get());
        }
        Instant first =
                left.stream().map(this::untilOf).min(Comparator.naturalOrder()).orElse(now);
        return Optional.of(new Keys.AllAside(Duration.between(now, first)));
    }

    void putAside(String print, Instant until, boolean refused) {
        aside.put(print, new Aside(until, refused));
    }

    void answered(String print) {
        aside.remove(print);
    }

    int asideOf(List<ApiKey> keys, Instant now) {
        return (int)
                candidates(keys).stream().filter(each -> isAside(each, now)).count();
    }

    private boolean isAside(Keys.Picked key, Instant now) {
        return untilOf(key).isAfter(now);
    }

    private boolean isRefused(Keys.Picked key) {
        Aside found = aside.get(key.print());
        return found != null && found.refused();
    }

    private Instant untilOf(Keys.Picked key) {
        Aside found = aside.get(key.print());
        return found == null ? Instant.MIN : found.until();
    }

    private static List<Keys.Picked> candidates(List<ApiKey> keys) {
        return keys.isEmpty()
                ? List.of(new Keys.Picked(Optional.empty(), NONE))
                : keys.stream()
                        .map(key -> new Keys.Picked(Optional.of(key), printOf(key)))
                        .toList();
    }

    /** Names a key to other nodes and to people; nobody gets the key back from it. */
    static String printOf(ApiKey key) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(key.value().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 6);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
