package dev.baton.persistence.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class DatabaseStartTest {
    private static final int O_DSYNC = 0x1000;

    @Test
    void aDatabaseThatIsAwayIsNamedWithTheReason() throws IOException {
        int port = freePort();
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/baton";
        assertThatExceptionOfType(DatabaseException.class)
                .isThrownBy(() -> Database.open(TestDatabases.settings(url + "?password=secret", "me")))
                .withMessageStartingWith("database " + url + " cannot be opened as user \"me\", tried for PT2S: ")
                .withMessageContaining("refused")
                .withMessageNotContaining("secret");
    }

    @Test
    void makesTheDirectoryOfItsFile() throws SQLException {
        try (TestDatabase test = TestDatabases.h2()) {
            String url = test.settings().url().replaceFirst("/baton$", "/a/b/baton");
            try (Database database = Database.open(TestDatabases.settings(url, "baton"))) {
                assertThat(DatabaseContract.run(database, "update snapshot set created = 1"))
                        .isZero();
            }
        }
    }

    /** On Linux the flags of the open file tell whether each write goes to the disk. */
    @Test
    void writesOfH2GoToTheDisk() throws IOException {
        assumeThat(Path.of("/proc/self/fdinfo")).isDirectory();
        try (TestDatabase test = TestDatabases.h2(/* sync= */ true)) {
            test.open();
            Path file = Path.of(
                    JdbcUrl.of(test.settings().url(), /* h2Sync= */ true).shown());
            assertThat(openFlags(file) & O_DSYNC).isEqualTo(O_DSYNC);
        }
    }

    private static int openFlags(Path file) throws IOException {
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).equals(file)) {
                    String info = Files.readString(Path.of("/proc/self/fdinfo").resolve(descriptor.getFileName()));
                    return Integer.parseInt(info.replaceFirst("(?s).*flags:\\s*(\\d+).*", "$1"), 8);
                }
            }
        }
        throw new AssertionError(file + " is not open");
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
