package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code baton cluster} as a user runs it: two nodes and a PostgreSQL as processes, and none of them afterwards. */
class ClusterCommandIT {
    /** What a JVM exits with when SIGTERM ended it: 128 + 15. */
    private static final int TERMINATED = 143;

    private static final long LIMIT_SECONDS = 90;
    private static final Pattern NODE = Pattern.compile("node-\\d +(http://\\S+) +process (\\d+) .*");

    @Test
    void whatItStartsServesOneChatFromAnyNodeAndEndsWithIt(@TempDir Path data) throws Exception {
        Process command = start(data);
        List<ProcessHandle> started = new ArrayList<>();
        try {
            var said = new Lines(command.getInputStream());
            List<URI> nodes = readUntilReady(said, started);
            assertThat(nodes).hasSize(2);
            started.add(postgres(data));
            String chat = new ChatApi(nodes.get(0))
                    .post("/chats", "{\"message\":{\"content\":\"words=3 rate=0\"}}")
                    .path("id")
                    .asText();
            assertThat(new ChatApi(nodes.get(1))
                            .get("/chats/" + chat)
                            .path("id")
                            .asText())
                    .isEqualTo(chat);

            started.get(0).destroyForcibly();
            said.until(line -> line.startsWith("node-1  -  dead (exit 137)"));

            command.destroy();
            assertThat(command.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(command.exitValue()).isEqualTo(TERMINATED);
            awaitEnd(started);
            assertThat(pidFiles(data)).isEmpty();
        } finally {
            started.forEach(ProcessHandle::destroyForcibly);
            command.destroyForcibly();
        }
    }

    @Test
    void whatItStartsEndsEvenWhenItIsKilled(@TempDir Path data) throws Exception {
        Process command = start(data);
        List<ProcessHandle> started = new ArrayList<>();
        try {
            readUntilReady(new Lines(command.getInputStream()), started);
            started.add(postgres(data));

            command.destroyForcibly();
            awaitEnd(started);
        } finally {
            started.forEach(ProcessHandle::destroyForcibly);
            command.destroyForcibly();
        }
    }

    private static Process start(Path data) throws IOException {
        var command = new ArrayList<String>(JavaCommand.ofLocalCluster("dev.baton.gateway.cli.Main"));
        command.addAll(List.of("cluster", "--nodes", "2", "--port", "0", "--data", data.toString()));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static List<URI> readUntilReady(Lines said, List<ProcessHandle> started) throws InterruptedException {
        var nodes = new ArrayList<URI>();
        for (String line : said.until(line -> line.equals("baton cluster ready"))) {
            Matcher node = NODE.matcher(line);
            if (node.matches()) {
                nodes.add(URI.create(node.group(1)));
                started.add(process(node.group(2)));
            }
        }
        return nodes;
    }

    private static ProcessHandle postgres(Path data) throws IOException {
        return process(Files.readAllLines(data.resolve("postgres").resolve("postmaster.pid"))
                .get(0));
    }

    private static ProcessHandle process(String pid) {
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    /** A process says that it ends a moment before it is gone. */
    private static void awaitEnd(List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            process.onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static List<Path> pidFiles(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.toString().endsWith(".pid")).toList();
        }
    }

    /** What a process says, read with a limit on the time that a line may take. */
    private static final class Lines {
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        Lines(InputStream output) {
            var reader = new Thread(() -> read(output), "cluster-output");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(InputStream output) {
            var reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
            reader.lines().forEach(lines::add);
        }

        /** The lines up to the first that passes {@code last}, that one included. */
        List<String> until(Predicate<String> last) throws InterruptedException {
            var said = new ArrayList<String>();
            do {
                String line = lines.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
                assertThat(line).as("the line after %s", said).isNotNull();
                said.add(line);
            } while (!last.test(said.get(said.size() - 1)));
            return said;
        }
    }
}
