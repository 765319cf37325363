package dev.baton.gateway.bridge;

import com.typesafe.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects what is wrong with the configuration at and below one path, to be told in one go. */
final class Problems {
    private final String path;
    private final List<String> found = new ArrayList<>();

    Problems(String path) {
        this.path = path;
    }

    /** {@code key}: the key below the path; empty for the path itself. */
    void require(boolean holds, String key, String rule) {
        if (!holds) {
            add(key, rule);
        }
    }

    void add(String key, String rule) {
        found.add(path + (key.isEmpty() ? "" : "." + key) + " " + rule);
    }

    /** What {@code reading} yields; empty when it fails, which is then one of the problems. */
    <T> Optional<T> read(Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (ConfigException unreadable) {
            found.add(path + ": " + unreadable.getMessage());
        } catch (IllegalArgumentException refused) {
            found.add(String.valueOf(refused.getMessage()));
        }
        return Optional.empty();
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new IllegalArgumentException(String.join("\n", found));
        }
    }
}
