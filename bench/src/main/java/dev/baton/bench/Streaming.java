package dev.baton.bench;

import dev.baton.client.BatonClient;
import dev.baton.client.ClientSettings;
import dev.baton.gateway.local.LocalNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What Baton puts between a provider and a client: time, processor and memory. */
@Command(
        name = "stream",
        description = {
            "One node between a provider and clients: how late is each word, what does it cost,",
            "and what does a connection cost that only waits?"
        },
        mixinStandardHelpOptions = true)
final class Streaming implements Callable<Integer> {
    private static final Duration TURN_LIMIT = Duration.ofMinutes(2);
    private static final int WARM_UP_TURNS = 3;
    private static final int IDLE_CHATS = 100;
    private static final double MICROS = 1e6;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--streams",
            split = ",",
            defaultValue = "1,50",
            description = "How many at once, one after the other (default 1,50).")
    private List<Integer> streams = List.of();

    @Option(names = "--rounds", defaultValue = "5", description = "Answers timed on each stream (default 5).")
    private int rounds;

    @Option(names = "--tokens", defaultValue = "40", description = "Tokens of a timed answer (default 40).")
    private int tokens;

    @Option(names = "--every", defaultValue = "50", description = "Milliseconds between tokens (default 50).")
    private int every;

    @Option(
            names = "--publish",
            split = ",",
            defaultValue = "durable,immediate",
            description = "When people see a part (default durable,immediate).")
    private List<String> modes = List.of();

    @Option(names = "--sockets", defaultValue = "10000", description = "Connections that wait (default 10000).")
    private int sockets;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        var report = new Report(
                "stream: one node, answers of %d tokens, one every %d ms".formatted(tokens, every), Machine.now());
        Path config = Files.createTempFile("baton-bench-", ".conf");
        try (var model = FakeModel.start()) {
            Files.writeString(config, """
                    baton.bridge {
                      default-model = "fake/words"
                      providers.fake { type = openai, base-url = "%s", api-keys = ["none"] }
                    }
                    """.formatted(model.baseUrl()));
            for (String mode : modes) {
                measure(mode, config, report);
            }
        } finally {
            Files.deleteIfExists(config);
        }
        return report.finish(out);
    }

    private void measure(String mode, Path config, Report report) {
        try (var api = new Api();
                Nodes nodes = Nodes.start(
                        1, List.of("-Dbaton.parts.publish=" + mode), List.of("--config", config.toString()))) {
            LocalNode node = nodes.node(1);
            turns(api, node, 16, WARM_UP_TURNS, "tokens=200 every=0");
            for (int count : streams) {
                Timed timed = turns(api, node, count, rounds, "tokens=%d every=%d".formatted(tokens, every));
                report.times("%s, %d streams: question to first word".formatted(mode, count), timed.first());
                report.times("%s, %d streams: provider to client, later words".formatted(mode, count), timed.delays());
            }
            saturate(api, node, nodes.jdbcUrl(), mode, report);
            if (mode.equals(modes.get(0)) && sockets > 0) {
                idle(api, node, report);
            }
        }
    }

    private record Timed(List<Duration> first, List<Duration> delays, long tokens, Duration took) {}

    /** The same turn on many chats at once, {@code rounds} times. */
    private Timed turns(Api api, LocalNode node, int count, int rounds, String wish) {
        List<String> chats = Chats.ids(api, node::url, count);
        List<TokenReader> readers =
                Stream.generate(TokenReader::new).limit(count).toList();
        var first = new ArrayList<Duration>();
        var delays = new ArrayList<Duration>();
        long all = 0;
        long took = 0;
        try (var client = new BatonClient(ClientSettings.of(node.url()).withHeaders(Token.headers()))) {
            for (int i = 0; i < count; i++) {
                var unused = readers.get(i).follow(client, chats.get(i));
            }
            readers.forEach(reader -> join(reader.opened()));
            for (int round = 0; round < rounds; round++) {
                long begun = System.nanoTime();
                ask(api, client, chats, readers, wish);
                readers.forEach(reader -> join(reader.ended()));
                took += System.nanoTime() - begun;
                for (TokenReader reader : readers) {
                    first.add(reader.first());
                    delays.addAll(reader.delays());
                    all += reader.tokens();
                }
            }
        }
        return new Timed(first, delays, all, Duration.ofNanos(took));
    }

    private static void ask(Api api, BatonClient client, List<String> chats, List<TokenReader> readers, String wish) {
        var questions = new ArrayList<Callable<Object>>();
        for (int i = 0; i < chats.size(); i++) {
            String chat = chats.get(i);
            TokenReader reader = readers.get(i);
            questions.add(() -> {
                reader.begin();
                return client.send(chat, wish);
            });
        }
        api.all(questions);
    }

    /** As fast as it goes: 32 answers of 200 tokens at once. */
    private void saturate(Api api, LocalNode node, String jdbcUrl, String mode, Report report) {
        Costs before = Costs.now(node.pid(), jdbcUrl);
        Timed timed = turns(api, node, 32, rounds, "tokens=200 every=0");
        Costs used = Costs.now(node.pid(), jdbcUrl).since(before);
        double each = MICROS / timed.tokens();
        report.fact(String.format(
                Locale.ROOT,
                "%s, 32 streams as fast as they go: %.0f tokens/s; each %.0f us of the node's processor time, %.0f us of"
                        + " PostgreSQL's, %d bytes of write-ahead log",
                mode,
                timed.tokens() * 1e9 / timed.took().toNanos(),
                used.nodeSeconds() * each,
                used.databaseSeconds() * each,
                used.logBytes() / timed.tokens()));
    }

    private void idle(Api api, LocalNode node, Report report) {
        List<String> chats = Chats.ids(api, node::url, IDLE_CHATS);
        try (var idle = new IdleSockets()) {
            idle.open(node.url(), chats, IDLE_CHATS);
            long before = IdleSockets.memory(node);
            idle.open(node.url(), chats, sockets);
            long after = IdleSockets.memory(node);
            report.fact(String.format(
                    Locale.ROOT,
                    "%d connections that wait, on %d chats: %.1f KiB of the node's memory each",
                    sockets,
                    IDLE_CHATS,
                    (after - before) / 1024.0 / sockets));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void join(CompletableFuture<Void> end) {
        end.orTimeout(TURN_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }
}
