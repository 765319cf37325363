package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsalIT {
    private static final int LIMIT_SECONDS = 60;

    @Test
    void standsOnItsOwnDatabaseAndAsksNoRealModelWhateverIsConfigured(@TempDir Path directory)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(JavaCommand.of("dev.baton.gateway.cli.Main"));
        command.addAll(
                1,
                List.of(
                        "-Dbaton.database.url=jdbc:postgresql://127.0.0.1:1/nothing",
                        "-Dbaton.bridge.providers.dear.type=openai",
                        "-Dbaton.bridge.providers.dear.base-url=http://127.0.0.1:1/v1",
                        "-Dbaton.bridge.default-model=dear/one"));
        command.addAll(List.of("rehearse", "--data", directory.toString()));
        Path log = directory.resolve("rehearsal.log");
        Process rehearsal = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(rehearsal.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(rehearsal.exitValue()).as(Files.readString(log)).isZero();
            assertThat(directory.resolve("baton.mv.db")).exists();
        } finally {
            rehearsal.destroyForcibly();
        }
    }
}
