package dev.baton.gateway.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a node's configuration together. The first that sets a key wins: command line, system properties, the file named
 * by {@code --config}, {@code application.conf}, {@code baton-node.conf} (how Baton sets up Akka), and the modules'
 * {@code reference.conf}.
 */
final class NodeConfig {
    private static final String DATABASE = "baton.database.url";
    private static final String DATA = "baton.node.data";
    private static final String SEEDS = "akka.cluster.seed-nodes";

    private NodeConfig() {}

    static Config load(NodeOptions options) {
        try {
            Config config = commandLine(options)
                    .withFallback(ConfigFactory.defaultOverrides())
                    .withFallback(file(options))
                    .withFallback(ConfigFactory.defaultApplication())
                    .withFallback(ConfigFactory.parseResourcesAnySyntax("baton-node"))
                    .withFallback(ConfigFactory.defaultReferenceUnresolved())
                    .resolve();
            return requireSharedDatabaseForSeeds(options.data() == null ? config : withData(config, options.data()));
        } catch (ConfigException unreadable) {
            throw new IllegalArgumentException(
                    "the configuration cannot be read: " + unreadable.getMessage(), unreadable);
        }
    }

    /** The directory is that of the embedded database, too; another database has its data elsewhere. */
    private static Config withData(Config config, Path data) {
        Path directory = data.toAbsolutePath().normalize();
        Config placed = config.withValue(DATA, ConfigValueFactory.fromAnyRef(directory.toString(), "--data"));
        if (!isEmbedded(config)) {
            return placed;
        }
        String url = "jdbc:h2:file:" + directory.resolve("baton");
        return placed.withValue(DATABASE, ConfigValueFactory.fromAnyRef(url, "--data"));
    }

    private static Config requireSharedDatabaseForSeeds(Config config) {
        if (isEmbedded(config) && !config.getStringList(SEEDS).isEmpty()) {
            throw new IllegalArgumentException("--seeds needs a database that nodes share (--database"
                    + " jdbc:postgresql://...): the embedded one is for a node that is alone");
        }
        return config;
    }

    private static boolean isEmbedded(Config config) {
        return config.getString(DATABASE).startsWith("jdbc:h2:");
    }

    private static Config file(NodeOptions options) {
        Path file = options.config();
        if (file == null) {
            return ConfigFactory.empty();
        }
        if (!Files.isReadable(file)) {
            throw new IllegalArgumentException("--config " + file + ": there is no such file, or it cannot be read");
        }
        return ConfigFactory.parseFile(file.toFile());
    }

    private static Config commandLine(NodeOptions options) {
        Map<String, Object> set = new HashMap<>();
        if (options.port() != null) {
            set.put("baton.http.port", options.port());
        }
        if (options.database() != null) {
            set.put(DATABASE, options.database());
        }
        if (options.clusterPort() != null) {
            set.put("akka.remote.artery.canonical.port", options.clusterPort());
        }
        if (!options.seeds().isEmpty()) {
            set.put(SEEDS, seedAddresses(options.seeds()));
        }
        Config config = ConfigFactory.empty();
        for (Map.Entry<String, Object> entry : set.entrySet()) {
            config = config.withValue(
                    entry.getKey(), ConfigValueFactory.fromAnyRef(entry.getValue(), "the command line"));
        }
        return config;
    }

    private static List<String> seedAddresses(List<String> seeds) {
        return seeds.stream()
                .map(String::strip)
                .map(seed -> {
                    if (!seed.matches("[^:\\s]+:\\d{1,5}")) {
                        throw new IllegalArgumentException("--seeds " + seed + " must be HOST:PORT");
                    }
                    return "akka://" + Node.SYSTEM + "@" + seed;
                })
                .toList();
    }
}
