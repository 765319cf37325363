package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeConfigTest {
    private static final NodeOptions NOTHING = new NodeOptions(null, null, null, null, null, List.of());

    @TempDir
    private Path directory = Path.of("");

    @Test
    void theDefaultsAreThoseOfTheReference() {
        assertThat(NodeSettings.from(NodeConfig.load(NOTHING)))
                .isEqualTo(new NodeSettings(
                        "127.0.0.1",
                        8080,
                        0,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(11),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(1)));
    }

    @Test
    void everyKeyCanBeSet() throws IOException {
        NodeSettings settings = NodeSettings.from(NodeConfig.load(withFile("""
                baton.http { host = localhost, port = 1, socket-limit = 2s, request-limit = 5s }
                baton.node { death-port = 6, start-limit = 3s, drain-limit = 4s, database-probe = 6s, pause-limit = 8s }
                """)));
        assertThat(settings)
                .isEqualTo(new NodeSettings(
                        "localhost",
                        1,
                        6,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        Duration.ofSeconds(8)));
    }

    @Test
    void theCommandLineWinsOverTheFile() throws IOException {
        NodeOptions file = withFile("baton.http.port = 1");
        Config config = NodeConfig.load(new NodeOptions(
                2, null, "jdbc:postgresql://127.0.0.1/baton", file.config(), 3, List.of("127.0.0.1:4", "h:5")));
        assertThat(config.getInt("baton.http.port")).isEqualTo(2);
        assertThat(config.getInt("akka.remote.artery.canonical.port")).isEqualTo(3);
        assertThat(config.getStringList("akka.cluster.seed-nodes"))
                .containsExactly("akka://baton@127.0.0.1:4", "akka://baton@h:5");
    }

    @Test
    void theDataDirectoryIsThatOfTheEmbeddedDatabaseToo() throws IOException {
        Config embedded = NodeConfig.load(withData(null));
        assertThat(embedded.getString("baton.database.url"))
                .isEqualTo("jdbc:h2:file:" + directory.toAbsolutePath().resolve("baton"));
        Config other = NodeConfig.load(withData("jdbc:postgresql://127.0.0.1/baton"));
        assertThat(other.getString("baton.database.url")).isEqualTo("jdbc:postgresql://127.0.0.1/baton");
        assertThat(other.getString("baton.node.data"))
                .isEqualTo(directory.toAbsolutePath().toString());
    }

    @Test
    void whatIsWrongIsNamed() throws IOException {
        assertThatThrownBy(() ->
                        NodeConfig.load(new NodeOptions(null, null, null, Path.of("no-such-file"), null, List.of())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--config no-such-file");
        assertThatThrownBy(() -> NodeConfig.load(new NodeOptions(null, null, null, null, null, List.of("host"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--seeds host must be HOST:PORT");
        assertThatThrownBy(() -> NodeConfig.load(new NodeOptions(null, null, null, null, null, List.of("h:1"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--seeds needs a database that nodes share");
        NodeOptions broken = withFile("baton {");
        assertThatThrownBy(() -> NodeConfig.load(broken)).hasMessageContaining("baton.conf");
    }

    private NodeOptions withFile(String text) throws IOException {
        Path file = Files.writeString(directory.resolve("baton.conf"), text);
        return new NodeOptions(null, null, null, file, null, List.of());
    }

    private NodeOptions withData(@Nullable String database) {
        return new NodeOptions(null, directory, database, null, null, List.of());
    }
}
