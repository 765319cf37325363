package dev.baton.bench;

import dev.baton.gateway.local.LocalNode;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** All nodes are restarted, one after the other, while chats have one turn after another. */
@Command(
        name = "rolling",
        description = "All nodes are restarted under load: does a client that tries once more notice?",
        mixinStandardHelpOptions = true)
final class Rolling implements Callable<Integer> {
    private static final Duration END_LIMIT = Duration.ofSeconds(60);
    private static final Duration LOAD_LIMIT = Duration.ofMinutes(3);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--nodes", defaultValue = "3", description = "How many nodes (default 3).")
    private int nodeCount;

    @Option(names = "--chats", defaultValue = "50", description = "How many chats (default 50).")
    private int chatCount;

    @Option(names = "--rounds", defaultValue = "1", description = "How often all nodes are restarted (default 1).")
    private int rounds;

    @Option(names = "--words", defaultValue = "40", description = "Length of an answer in words (default 40).")
    private int words;

    @Option(names = "--rate", defaultValue = "20", description = "Words a second of each answer (default 20).")
    private int rate;

    private final List<Duration> pauses = new ArrayList<>();
    private volatile boolean done;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        var report = new Report(
                "rolling: %d nodes restarted one after the other, %d times, %d chats in turn after turn"
                        .formatted(nodeCount, rounds, chatCount),
                Machine.now());
        var exits = new ArrayList<Duration>();
        try (var api = new Api();
                var sockets = new Sockets();
                Nodes nodes = Nodes.start(nodeCount, List.of())) {
            nodes.awaitMembers(api);
            Supplier<URI> any = nodes.inTurnNow();
            Chats chats = Chats.created(api, any, chatCount, new Chats.Pace(words, rate));
            chats.watch(sockets, any);
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> turns(chats, any, report));
            for (int restart = 0; restart < rounds * nodeCount && !load.isDone(); restart++) {
                LocalNode node = nodes.node(restart % nodeCount + 1);
                chats.signalled(System.nanoTime());
                exits.add(Stop.of(node, report).time());
                out.println("%s stopped after %s".formatted(node.name(), Report.shown(exits.get(exits.size() - 1))));
                out.flush();
                nodes.restart(node.number(), api);
            }
            done = true;
            load.orTimeout(LOAD_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
            report.times("from SIGTERM to the exit", exits, Target.max(Duration.ofSeconds(2)))
                    .times("pause of a chat that moved", pauses, Target.p99(Duration.ofMillis(250)))
                    .fact(
                            "%d chats had %d turns each; %d requests, of which %d were answered at the second try; clients came back %d times"
                                    .formatted(
                                            chatCount,
                                            chats.turns(),
                                            api.requests(),
                                            api.retried(),
                                            sockets.comeBack()));
        }
        return report.finish(out);
    }

    /** A request that fails twice ends it, as a failure of the run. */
    private void turns(Chats chats, Supplier<URI> any, Report report) {
        while (!done && !report.isFaulty()) {
            chats.beginTurns(any);
            chats.awaitEnd(END_LIMIT).forEach(report::fault);
            chats.faults(any).forEach(report::fault);
            chats.views().forEach(view -> view.moves().forEach(move -> pauses.add(move.pause())));
        }
    }
}
