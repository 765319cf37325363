package dev.baton.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTokenFileTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void isMadeOnceAndForItsUserAlone() throws IOException {
        Path path = directory.resolve("data").resolve("local-token");
        var file = new LocalTokenFile(path);
        String token = file.token(TestAuth.chance());
        assertThat(TokenText.isOne(token)).isTrue();
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(new LocalTokenFile(path).token(TestAuth.chance())).isEqualTo(token);
        try (Stream<Path> all = Files.list(path.getParent())) {
            assertThat(all).containsExactly(path);
        }
    }

    @Test
    void isTakenFromOthersWhoCouldReadIt() throws IOException {
        Path path = directory.resolve("local-token");
        Files.writeString(path, TokenText.of(new byte[32]) + "\n");
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(new LocalTokenFile(path).token(TestAuth.chance())).isEqualTo(TokenText.of(new byte[32]));
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void isTheSameForNodesThatStartAtOnce() throws Exception {
        var file = new LocalTokenFile(directory.resolve("local-token"));
        var chance = TestAuth.chance();
        var threads = Executors.newFixedThreadPool(4);
        try {
            var seen = new HashSet<String>();
            for (Future<String> token : threads.invokeAll(IntStream.range(0, 16)
                    .mapToObj(i -> (Callable<String>) () -> file.token(chance))
                    .toList())) {
                seen.add(token.get());
            }
            assertThat(seen).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void saysWhatIsWrongWithIt() throws IOException {
        Path path = Files.writeString(directory.resolve("local-token"), "secret");
        assertThatThrownBy(() -> new LocalTokenFile(path).token(TestAuth.chance()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("holds no token")
                .hasMessageNotContaining("secret");
        Path under = path.resolve("local-token");
        assertThatThrownBy(() -> new LocalTokenFile(under).token(TestAuth.chance()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("baton.auth.local-token");
    }
}
