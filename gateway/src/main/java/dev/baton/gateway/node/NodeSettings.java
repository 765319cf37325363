package dev.baton.gateway.node;

import com.typesafe.config.Config;
import java.time.Duration;

/** The settings of {@code baton.node} and {@code baton.http}; {@code reference.conf} holds the defaults. */
record NodeSettings(
        String host,
        int port,
        int deathPort,
        Duration startLimit,
        Duration drainLimit,
        Duration socketLimit,
        Duration requestLimit,
        Duration databaseProbe,
        Duration pauseLimit) {
    private static final int MAX_PORT = 65_535;

    NodeSettings {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("baton.http.port (" + port + ") must be from 0 to " + MAX_PORT);
        }
        if (databaseProbe.isNegative() || databaseProbe.isZero()) {
            throw new IllegalArgumentException("baton.node.database-probe (" + databaseProbe + ") must be positive");
        }
        if (deathPort < 0 || deathPort > MAX_PORT) {
            throw new IllegalArgumentException(
                    "baton.node.death-port (" + deathPort + ") must be from 0 to " + MAX_PORT);
        }
    }

    static NodeSettings from(Config root) {
        Config node = root.getConfig("baton.node");
        Config http = root.getConfig("baton.http");
        return new NodeSettings(
                http.getString("host"),
                http.getInt("port"),
                node.getInt("death-port"),
                node.getDuration("start-limit"),
                node.getDuration("drain-limit"),
                http.getDuration("socket-limit"),
                http.getDuration("request-limit"),
                node.getDuration("database-probe"),
                node.getDuration("pause-limit"));
    }
}
