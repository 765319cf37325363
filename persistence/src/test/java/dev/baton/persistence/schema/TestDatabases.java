package dev.baton.persistence.schema;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fresh, empty databases for tests; each is gone when it is closed.
 *
 * <p>All of PostgreSQL's share one server per JVM, started by the first that asks. Its data directory is deleted when
 * the JVM ends in order; the unpacked binaries stay in the temporary directory for the next run.
 */
public final class TestDatabases {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestDatabases() {}

    /** An H2 database in a temporary directory, without waiting for the disk. */
    public static TestDatabase h2() {
        return h2(false);
    }

    /** An H2 database in a temporary directory. */
    public static TestDatabase h2(boolean sync) {
        try {
            Path directory = Files.createTempDirectory("baton-h2-");
            String url = "jdbc:h2:file:" + directory.resolve("baton");
            return new TestDatabase(settings(url, "baton", sync), () -> delete(directory));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A PostgreSQL database; for classes named {@code …IT} only, since the server takes seconds to start. */
    public static TestDatabase postgres() {
        String name = "baton_" + NUMBER.incrementAndGet();
        onServer("create database " + name);
        return new TestDatabase(
                settings("jdbc:postgresql://localhost:" + Server.RUNNING.getPort() + "/" + name, "postgres"),
                () -> onServer("drop database if exists " + name + " with (force)"));
    }

    /** The defaults of {@code reference.conf} with few connections and short limits, for the database at {@code url}. */
    public static DatabaseSettings settings(String url, String user) {
        return settings(url, user, /* h2Sync= */ false);
    }

    static DatabaseSettings settings(String url, String user, boolean h2Sync) {
        Config config = ConfigFactory.parseMap(Map.of(
                        "baton.database.url",
                        url,
                        "baton.database.user",
                        user,
                        "baton.database.h2-sync",
                        h2Sync,
                        "baton.database.journal-connections",
                        4,
                        "baton.database.query-connections",
                        4,
                        "baton.database.start-timeout",
                        Duration.ofSeconds(2)))
                .withFallback(ConfigFactory.load());
        return DatabaseSettings.from(config);
    }

    private static void onServer(String sql) {
        try (Connection connection = Server.RUNNING.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    private static void delete(Path directory) {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The server of this JVM. It closes itself and deletes its data when the JVM ends. */
    private static final class Server {
        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder().start();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
