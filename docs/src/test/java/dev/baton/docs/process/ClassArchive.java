package dev.baton.docs.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The archive of classes that the launcher makes, too: processes of the tests start in half the time with it. */
final class ClassArchive {
    private static final Path FILE = Path.of("..", "gateway", "target", "classes-%s.jsa".formatted(vmVersion()))
            .toAbsolutePath()
            .normalize();
    private static final int REHEARSAL_SECONDS = 60;
    private static final List<String> FLAGS = made();

    private ClassArchive() {}

    static List<String> flags() {
        return FLAGS;
    }

    private static List<String> made() {
        try {
            if (!Files.exists(FILE) || isOlderThanJars()) {
                rehearse();
            }
            return List.of("-XX:SharedArchiveFile=" + FILE, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during the rehearsal", stop);
        }
    }

    private static boolean isOlderThanJars() throws IOException {
        var archived = Files.getLastModifiedTime(FILE);
        try (var jars = Files.list(JavaCommand.JARS)) {
            for (Path jar : jars.toList()) {
                if (Files.getLastModifiedTime(jar).compareTo(archived) > 0) {
                    return true;
                }
            }
            return false;
        }
    }

    private static void rehearse() throws IOException, InterruptedException {
        Path made = FILE.resolveSibling(FILE.getFileName() + ".new");
        Path log = Path.of("target", "rehearsal.log");
        Process rehearsal = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:ArchiveClassesAtExit=" + made,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        JavaCommand.everyJarIn(JavaCommand.JARS),
                        "dev.baton.gateway.cli.Main",
                        "rehearse",
                        "--data",
                        Files.createTempDirectory(Path.of("target").toAbsolutePath(), "rehearsal-")
                                .toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!rehearsal.waitFor(REHEARSAL_SECONDS, TimeUnit.SECONDS) || rehearsal.exitValue() != 0) {
            rehearsal.destroyForcibly();
            throw new IllegalStateException("the rehearsal failed; see " + log.toAbsolutePath());
        }
        Files.move(made, FILE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String vmVersion() {
        return System.getProperty("java.vm.version");
    }
}
