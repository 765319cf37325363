package dev.baton.bench;

import dev.baton.gateway.local.LocalNode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What a request costs that a node passes on, beside the provider itself and beside another proxy before it. */
@Command(
        name = "bridge",
        description = {
            "One node passes requests on to a provider: how many, how late, and how many tokens a second,",
            "next to the provider itself and to other proxies before it?"
        },
        mixinStandardHelpOptions = true)
final class Relaying implements Callable<Integer> {
    private static final byte[] EVENT = "data: ".getBytes(StandardCharsets.US_ASCII);
    /** The end of the answer and the end of the stream; its usage was not asked for. */
    private static final int EVENTS = CannedModel.TOKENS + 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--seconds", defaultValue = "3", description = "How long each is measured (default 3).")
    private int seconds;

    @Option(names = "--warm-up", defaultValue = "15", description = "How long the node is warmed up (default 15).")
    private int warmUp;

    @Option(names = "--port", defaultValue = "0", description = "The provider's port, for proxies that must know it.")
    private int port;

    @Option(names = "--beside", description = "Another proxy before the provider, as NAME=URL; may be repeated.")
    private Map<String, URI> beside = new LinkedHashMap<>();

    @Override
    public Integer call() throws Exception {
        var report = new Report("bridge: one node passes requests on", Machine.now());
        Path config = Files.createTempFile("baton-bench-", ".conf");
        try (var model = CannedModel.start(port)) {
            Files.writeString(config, """
                    baton.bridge.providers.canned {
                      type = openai, base-url = "http://127.0.0.1:%d/v1", models { canned {} }
                    }
                    """.formatted(model.port()));
            try (Nodes nodes = Nodes.start(1, List.of(), List.of("--config", config.toString()))) {
                LocalNode node = nodes.node(1);
                var all = new LinkedHashMap<String, URI>();
                all.put("the provider itself", URI.create("http://127.0.0.1:" + model.port()));
                all.putAll(beside);
                URI here = node.url();
                all.put("baton", here);
                load(here, 32, false, warmUp, report);
                load(here, 32, true, warmUp, report);
                for (var each : all.entrySet()) {
                    measure(each.getKey(), each.getValue(), report);
                }
            }
        } finally {
            Files.deleteIfExists(config);
        }
        return report.finish(spec.commandLine().getOut());
    }

    private void measure(String name, URI url, Report report) throws InterruptedException {
        for (int connections : List.of(1, 32)) {
            List<Duration> times = load(url, connections, false, seconds, report);
            report.times("%s: whole answers, %d connections".formatted(name, connections), times);
            report.fact(
                    "%s: %d whole answers/s with %d connections".formatted(name, times.size() / seconds, connections));
        }
        List<Duration> streams = load(url, 32, true, seconds, report);
        report.fact(String.format(
                Locale.ROOT,
                "%s: %d tokens/s in 32 streams as fast as they go",
                name,
                (long) streams.size() * CannedModel.TOKENS / seconds));
    }

    /** How long each answer took that came within {@code limit} seconds. */
    private static List<Duration> load(URI url, int connections, boolean stream, int limit, Report report)
            throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(limit).toNanos();
        var times = new ArrayList<Duration>();
        var threads = new ArrayList<Thread>();
        for (int i = 0; i < connections; i++) {
            var thread = new Thread(() -> ask(url, stream, end, times, report), "client");
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        return times;
    }

    private static void ask(URI url, boolean stream, long end, List<Duration> times, Report report) {
        byte[] request = request(url, stream);
        var mine = new ArrayList<Duration>();
        try (var socket = new Socket(InetAddress.getByName(url.getHost()), url.getPort())) {
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            var in = new PlainHttp(new BufferedInputStream(socket.getInputStream(), 1 << 16));
            for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
                out.write(request);
                boolean answered = in.read();
                mine.add(Duration.ofNanos(System.nanoTime() - begun));
                if (!answered || !in.start().contains(" 200 ")) {
                    report.fault("an answer was " + in.start());
                } else if (stream && in.count(EVENT) != EVENTS && in.count(EVENT) != EVENTS + 1) {
                    report.fault("a stream had %d events".formatted(in.count(EVENT)));
                }
            }
        } catch (IOException failure) {
            report.fault("a connection broke: " + failure);
        }
        synchronized (times) {
            times.addAll(mine);
        }
    }

    private static byte[] request(URI url, boolean stream) {
        String body =
                "{\"model\":\"canned\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"hello there\"}]}"
                        .formatted(stream);
        return ("POST /v1/chat/completions HTTP/1.1\r\nHost: %s\r\n%s: %s\r\nContent-Type: application/json\r\n"
                                .formatted(url.getAuthority(), Token.HEADER, Token.VALUE)
                        + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
