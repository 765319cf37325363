package dev.baton.persistence.view;

import com.typesafe.config.Config;
import java.time.Duration;

/** The settings of {@code baton.view}; {@code reference.conf} holds the defaults and says what each is for. */
public record ViewSettings(
        int groupSize, int pendingChats, Duration retryMin, Duration retryMax, Duration queryTimeout) {

    public ViewSettings {
        requireAtLeastOne("group-size", groupSize);
        requireAtLeastOne("pending-chats", pendingChats);
        if (retryMin.compareTo(retryMax) > 0) {
            throw new IllegalArgumentException(
                    "baton.view.retry.min (" + retryMin + ") must not exceed baton.view.retry.max (" + retryMax + ")");
        }
        if (queryTimeout.toSeconds() < 1) {
            throw new IllegalArgumentException("baton.view.query-timeout (" + queryTimeout + ") must be at least PT1S");
        }
    }

    public static ViewSettings from(Config root) {
        Config config = root.getConfig("baton.view");
        return new ViewSettings(
                config.getInt("group-size"),
                config.getInt("pending-chats"),
                config.getDuration("retry.min"),
                config.getDuration("retry.max"),
                config.getDuration("query-timeout"));
    }

    private static void requireAtLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("baton.view." + key + " (" + value + ") must be at least 1");
        }
    }
}
