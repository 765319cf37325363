package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.persistence.membership.JdbcNodeTable;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.DatabaseSettings;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailedStartTest {

    @Test
    void leavesNoRowOfTheNodeBehind(@TempDir Path data) throws Exception {
        NodeOptions options;
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            options = new NodeOptions(taken.getLocalPort(), data, null, null, null, List.of());
            assertThatThrownBy(() -> Node.start(options)).isInstanceOf(IllegalStateException.class);
        }
        try (Database database = Database.open(DatabaseSettings.from(NodeConfig.load(options)))) {
            assertThat(new JdbcNodeTable(database, Duration.ofSeconds(10))
                            .read()
                            .rows())
                    .isEmpty();
        }
    }
}
