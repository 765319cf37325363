package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The scripts in src/test/js, run by Node.js with the clients that npm has. */
final class NodeScripts {
    private static final Path SOURCES = Path.of("src", "test", "js");
    private static final Path INSTALLED = Path.of("target", "js");
    private static final long LIMIT_SECONDS = 120;

    private NodeScripts() {}

    /** A script that runs. */
    static final class Running implements AutoCloseable {
        private final Process process;
        private final BufferedReader lines;

        private Running(Process process) {
            this.process = process;
            this.lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        /** What it prints next. */
        String line() {
            try {
                String line = lines.readLine();
                assertThat(line).as("what the script says").isNotNull();
                return line == null ? "" : line;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }

        /** What it prints until it ends, which must be well. */
        List<String> rest() {
            var rest = new ArrayList<String>();
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    rest.add(line);
                }
                assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(stop);
            }
            assertThat(process.exitValue()).as("%s", rest).isZero();
            return rest;
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    static Running start(Map<String, String> environment, String script, String... arguments) {
        install();
        var command = new ArrayList<>(List.of("node", script));
        command.addAll(List.of(arguments));
        return new Running(begin(environment, command));
    }

    /** Where there is no Node.js, or no npm registry, there is nothing to test with. */
    private static synchronized void install() {
        Assumptions.assumeTrue(Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "npm"))));
        try {
            Files.createDirectories(INSTALLED);
            try (Stream<Path> sources = Files.list(SOURCES)) {
                for (Path source : sources.toList()) {
                    Path copy = INSTALLED.resolve(source.getFileName());
                    Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            if (!Files.isDirectory(INSTALLED.resolve("node_modules").resolve("ai"))) {
                var installing = new Running(begin(
                        Map.of(),
                        List.of("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent")));
                List<String> unused = installing.rest();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Process begin(Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command).directory(INSTALLED.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
