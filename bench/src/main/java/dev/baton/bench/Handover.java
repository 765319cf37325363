package dev.baton.bench;

import dev.baton.gateway.local.LocalNode;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A node that runs many chats and has a socket for each is told to stop. */
@Command(
        name = "handover",
        description =
                "A node with many running chats and sockets is told to stop: how long does each chat stand still?",
        mixinStandardHelpOptions = true)
final class Handover implements Callable<Integer> {
    private static final Duration END_LIMIT = Duration.ofMinutes(3);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--nodes", defaultValue = "3", description = "How many nodes (default 3).")
    private int nodeCount;

    @Option(names = "--chats", defaultValue = "1000", description = "How many chats run on it (default 1000).")
    private int chatCount;

    @Option(names = "--rounds", defaultValue = "3", description = "How many times, each in a new cluster (default 3).")
    private int rounds;

    @Option(names = "--words", defaultValue = "30", description = "Length of an answer in words (default 30).")
    private int words;

    @Option(names = "--rate", defaultValue = "1", description = "Words a second of each answer (default 1).")
    private int rate;

    private final List<Duration> pauses = new ArrayList<>();
    private final List<Duration> gaps = new ArrayList<>();
    private final List<Duration> told = new ArrayList<>();
    private final List<Duration> exits = new ArrayList<>();
    private int sockets;
    private int stayed;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        var report = new Report(
                "handover: SIGTERM to one of %d nodes with %d running chats and %d sockets, %d rounds"
                        .formatted(nodeCount, chatCount, chatCount, rounds),
                Machine.now());
        for (int round = 1; round <= rounds && !report.isFaulty(); round++) {
            try (var api = new Api();
                    Nodes nodes = Nodes.start(nodeCount, List.of())) {
                nodes.awaitMembers(api);
                out.println("round %d: %s".formatted(round, round(nodes, api, report, round)));
                out.flush();
            }
        }
        return report.times("from SIGTERM to the exit", exits, Target.max(Duration.ofSeconds(2)))
                .times("from the cut to the next word", pauses, Target.p99(Duration.ofMillis(250)))
                .times("between two words, the model's pace of %d/s included".formatted(rate), gaps)
                .times("from SIGTERM to the client's word of the move", told)
                .fact("clients that came back to another node: %d".formatted(sockets))
                .fact("turns that ended before they were to move: %d".formatted(stayed))
                .finish(out);
    }

    private String round(Nodes nodes, Api api, Report report, int round) {
        LocalNode oldest = nodes.oldest(api);
        LocalNode leaving = round % 2 == 1
                ? oldest
                : nodes.all().stream()
                        .filter(node -> !node.equals(oldest))
                        .findFirst()
                        .orElse(oldest);
        Supplier<URI> staying = nodes.inTurnWithout(leaving);
        Chats chats = Chats.of(api, new Chats.Pace(words, rate), Placement.chatsOn(leaving, api, staying, chatCount));
        var left = new AtomicBoolean();
        try (var clients = new Sockets()) {
            chats.watch(clients, () -> left.get() ? staying.get() : leaving.url());
            chats.beginTurns(staying);
            left.set(true);
            chats.signalled(System.nanoTime());
            Duration exit = Stop.of(leaving, report).time();
            exits.add(exit);
            chats.awaitEnd(END_LIMIT).forEach(report::fault);
            chats.faults(staying).forEach(report::fault);
            sockets += clients.comeBack();
            var these = new ArrayList<Duration>();
            for (ChatView view : chats.views()) {
                view.movedFrom(leaving.address())
                        .ifPresentOrElse(
                                move -> {
                                    these.add(move.idle());
                                    gaps.add(move.pause());
                                    told.add(move.told());
                                },
                                () -> stayed++);
            }
            pauses.addAll(these);
            Percentiles spread = Percentiles.of(these);
            return "%s%s, exit after %s, %d chats, pause p50 %s p99 %s max %s"
                    .formatted(
                            leaving.name(),
                            leaving.equals(oldest) ? " (the oldest)" : "",
                            Report.shown(exit),
                            spread.count(),
                            Report.shown(spread.p50()),
                            Report.shown(spread.p99()),
                            Report.shown(spread.max()));
        }
    }
}
