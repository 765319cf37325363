package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.baton.docs.process.Namespaces.Line;
import dev.baton.persistence.schema.DatabaseSettings;
import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes on machines of their own, of which the network between them is cut. */
class PartitionIT {
    private static final int NODES = 3;
    private static final int CHATS = 20;
    private static final int WORDS = 60;
    private static final int DECLARED_DOWN = 255;
    private static final int PORT = 25_520;

    @TempDir
    private Path directory = Path.of("");

    private final List<AutoCloseable> toClose = new ArrayList<>();
    private final List<NodeProcess> nodes = new ArrayList<>();

    @BeforeEach
    void canMakeNetworks() {
        assumeTrue(Namespaces.areThere(), "needs root and the command ip: no network can be cut here");
    }

    @AfterEach
    void closeAll() throws Exception {
        nodes.forEach(NodeProcess::close);
        for (int i = toClose.size() - 1; i >= 0; i--) {
            toClose.get(i).close();
        }
    }

    @Test
    void exactlyOnePartGoesOnAndWhoeverWasCutOffLeaves() throws Exception {
        TestDatabase database = closing(TestDatabases.postgres());
        Namespaces network = closing(Namespaces.of(NODES));
        DatabaseSettings settings = database.settings();
        var journal = new Journal(settings);
        relay(network.onHub(), Namespaces.database() + ":5432", socketOf(settings));
        var apis = new ArrayList<ChatApi>();
        for (int machine = 1; machine <= NODES; machine++) {
            nodes.add(start(network, machine, settings));
            apis.add(api(network, machine));
        }

        // From everything: it gets no answer, waits, and learns it when the lines are mended.
        StreamingChats chats = streaming(apis.get(0));
        network.cut(3, Line.OTHERS);
        network.cut(3, Line.DATABASE);
        chats.endWhole(journal);
        assertThat(nodes.get(2).isAlive()).isTrue();
        network.mend(3, Line.OTHERS);
        network.mend(3, Line.DATABASE);
        assertThat(nodes.get(2).awaitExit()).isEqualTo(DECLARED_DOWN);

        // From the other one alone, while both reach the database.
        StreamingChats more = streaming(apis.get(0));
        network.cut(2, Line.OTHERS);
        more.endWhole(journal);
        assertThat(nodes.get(1).awaitExit()).isEqualTo(DECLARED_DOWN);
        streaming(apis.get(0)).endWhole(journal);
        chats.endWhole(journal);
    }

    private NodeProcess start(Namespaces network, int machine, DatabaseSettings settings) throws IOException {
        String name = settings.url().substring(settings.url().lastIndexOf('/') + 1);
        Path config = Files.writeString(directory.resolve("node-" + machine + ".conf"), """
                akka.remote.artery.canonical.hostname = "%s"
                baton.database {
                  url = "jdbc:postgresql://%s:5432/%s"
                  user = "%s"
                  journal-connections = 4
                  query-connections = 4
                }
                """.formatted(
                        Namespaces.address(Line.OTHERS, machine), Namespaces.database(), name, settings.user()));
        NodeProcess node = NodeProcess.begin(
                network.on(machine),
                List.of(
                        "--port",
                        "8080",
                        "--data",
                        directory.resolve("data-" + machine).toString(),
                        "--config",
                        config.toString(),
                        "--cluster-port",
                        Integer.toString(PORT),
                        "--seeds",
                        Namespaces.address(Line.OTHERS, 1) + ":" + PORT));
        node.awaitReady();
        return node;
    }

    /** Its HTTP port is open on its own machine alone; two relays lead there. */
    private ChatApi api(Namespaces network, int machine) throws Exception {
        String file = directory.resolve("node-" + machine + ".socket").toString();
        relay(network.on(machine), file, "127.0.0.1:8080");
        Relay here = closing(Relay.open("127.0.0.1:0", file));
        return new ChatApi(URI.create("http://127.0.0.1:" + here.port()));
    }

    private void relay(List<String> where, String from, String to) throws IOException {
        var command = new ArrayList<>(where);
        command.addAll(JavaCommand.ofTests(Relay.class.getName()));
        command.addAll(List.of(from, to));
        Process relay = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        toClose.add(() -> relay.destroyForcibly().waitFor());
        assertThat(relay.inputReader().readLine()).startsWith("relaying");
    }

    /** The file by which the server can be reached from any network namespace. */
    private static String socketOf(DatabaseSettings settings) throws SQLException {
        try (Connection connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select split_part(current_setting('unix_socket_directories'), ',',"
                                + " 1) || '/.s.PGSQL.' || current_setting('port')")) {
            row.next();
            return row.getString(1);
        }
    }

    private <T extends AutoCloseable> T closing(T resource) {
        toClose.add(resource);
        return resource;
    }

    private static StreamingChats streaming(ChatApi api) {
        return StreamingChats.begin(api, CHATS, WORDS);
    }
}
