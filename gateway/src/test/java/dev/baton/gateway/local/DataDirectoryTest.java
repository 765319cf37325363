package dev.baton.gateway.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

    @TempDir
    private Path directory;

    @Test
    void isTakenOnce() {
        try (var taken = DataDirectory.take(directory)) {
            assertThat(taken).isNotNull();
            assertThatThrownBy(() -> DataDirectory.take(directory))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(directory + " is in use");
        }
        DataDirectory.take(directory).close();
    }

    @Test
    void aProcessThatIsNoNodeIsLeftAloneEvenWhenItHasTheNumberOfOne() throws IOException {
        Path pid = directory.resolve("node-1.pid");
        Files.writeString(pid, ProcessHandle.current().pid() + "\n");
        DataDirectory.take(directory).close();
        assertThat(pid).doesNotExist();
        assertThat(ProcessHandle.current().isAlive()).isTrue();
    }

    @Test
    void logsBeginAnew() throws IOException {
        Path log = Files.writeString(directory.resolve("node-1.log"), "of the last run");
        DataDirectory.take(directory).close();
        assertThat(log).doesNotExist();
    }
}
