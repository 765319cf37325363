package dev.baton.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionUsersTest {
    private static final String HEAD =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    @TempDir
    private Path proc = Path.of("");

    @BeforeEach
    void isLittleEndianLikeTheLists() throws IOException {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN);
        Files.createDirectory(proc.resolve("net"));
        Files.writeString(proc.resolve("net/tcp"), HEAD);
        Files.writeString(proc.resolve("net/tcp6"), HEAD);
    }

    @Test
    void knowsTheUserOfTheOtherEnd() throws IOException {
        list("tcp", "0100007F:9C40 0100007F:1F90 01", 1000);
        assertThat(isOwn(1000, "127.0.0.1")).isTrue();
        assertThat(isOwn(1001, "127.0.0.1")).isFalse();
    }

    @Test
    void findsProgramsThatSpeakTheOldProtocolThroughTheNewOne() throws IOException {
        list("tcp6", "0000000000000000FFFF00000100007F:9C40 0000000000000000FFFF00000100007F:1F90 01", 1000);
        assertThat(isOwn(1000, "127.0.0.1")).isTrue();
    }

    @Test
    void findsProgramsThatSpeakTheNewProtocol() throws IOException {
        list("tcp6", "00000000000000000000000001000000:9C40 00000000000000000000000001000000:1F90 01", 1000);
        assertThat(isOwn(1000, "::1")).isTrue();
        assertThat(isOwn(1000, "127.0.0.1")).isFalse();
    }

    @Test
    void believesNoOtherConnectionOfThatPort() throws IOException {
        list("tcp", "0100007F:9C40 0100007F:1538 01", 1000);
        assertThat(isOwn(1000, "127.0.0.1")).isFalse();
    }

    @Test
    void believesNoConnectionThatMayBeNobodysAnyMore() throws IOException {
        list("tcp", "0100007F:9C40 0100007F:1F90 04", 0);
        assertThat(isOwn(0, "127.0.0.1")).isFalse();
    }

    @Test
    void takesNobodyForItsUserWhereThereIsNoList() {
        var nowhere = new ConnectionUsers(proc.resolve("none"), OptionalInt.of(0));
        assertThat(nowhere.isOwn(address("127.0.0.1", 1), address("127.0.0.1", 2)))
                .isFalse();
        var unknown = new ConnectionUsers(proc, OptionalInt.empty());
        assertThat(unknown.isOwn(address("127.0.0.1", 1), address("127.0.0.1", 2)))
                .isFalse();
    }

    @Test
    void recognizesItselfOnLinux() throws IOException {
        assumeTrue(Files.isReadable(Path.of("/proc/net/tcp")));
        ConnectionUsers users = ConnectionUsers.ofThisMachine();
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            var here = (InetSocketAddress) client.getRemoteSocketAddress();
            var there = (InetSocketAddress) client.getLocalSocketAddress();
            assertThat(users.isOwn(there, here)).isTrue();
        }
    }

    private boolean isOwn(int self, String ip) {
        return new ConnectionUsers(proc, OptionalInt.of(self)).isOwn(address(ip, 40_000), address(ip, 8080));
    }

    private void list(String name, String connection, int user) throws IOException {
        Files.writeString(
                proc.resolve("net").resolve(name),
                HEAD
                        + "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     5        0 1 1 0\n"
                        + "   1: %s 00000000:00000000 00:00000000 00000000 %5d        0 2 1 0\n"
                                .formatted(connection, user));
    }

    private static InetSocketAddress address(String ip, int port) {
        return new InetSocketAddress(ip, port);
    }
}
