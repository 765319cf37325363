package dev.baton.persistence.schema;

import com.typesafe.config.Config;
import java.time.Duration;

/** The settings of {@code baton.database}; {@code reference.conf} holds the defaults and says what each is for. */
public record DatabaseSettings(
        String url,
        String user,
        String password,
        boolean h2Sync,
        int journalConnections,
        int queryConnections,
        int queryQueue,
        Duration connectionTimeout,
        Duration socketTimeout,
        Duration startTimeout,
        Duration closeTimeout) {

    public DatabaseSettings {
        requireAtLeastOne("journal-connections", journalConnections);
        requireAtLeastOne("query-connections", queryConnections);
        requireAtLeastOne("query-queue", queryQueue);
        requireASecond("connection-timeout", connectionTimeout);
        requireASecond("socket-timeout", socketTimeout);
        requireASecond("start-timeout", startTimeout);
        requireASecond("close-timeout", closeTimeout);
    }

    public static DatabaseSettings from(Config root) {
        Config config = root.getConfig("baton.database");
        return new DatabaseSettings(
                config.getString("url"),
                config.getString("user"),
                config.getString("password"),
                config.getBoolean("h2-sync"),
                config.getInt("journal-connections"),
                config.getInt("query-connections"),
                config.getInt("query-queue"),
                config.getDuration("connection-timeout"),
                config.getDuration("socket-timeout"),
                config.getDuration("start-timeout"),
                config.getDuration("close-timeout"));
    }

    /** How many connections one node has at most: each thread that may ask for one gets one. */
    int connections() {
        return journalConnections + queryConnections;
    }

    /** Without the password, and without the URL's options, which may hold one. */
    @Override
    public String toString() {
        return "DatabaseSettings[" + JdbcUrl.withoutOptions(url) + ", user " + user + "]";
    }

    private static void requireAtLeastOne(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("baton.database." + key + " (" + value + ") must be at least 1");
        }
    }

    private static void requireASecond(String key, Duration value) {
        if (value.compareTo(Duration.ofSeconds(1)) < 0) {
            throw new IllegalArgumentException("baton.database." + key + " (" + value + ") must be at least PT1S");
        }
    }
}
