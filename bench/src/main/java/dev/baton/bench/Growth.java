package dev.baton.bench;

import dev.baton.gateway.local.LocalNode;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The same takeover beside more and more chats that have nothing to do. */
@Command(
        name = "growth",
        description = "A node is killed while few chats stream beside many idle ones: what do the idle ones cost?",
        mixinStandardHelpOptions = true)
final class Growth implements Callable<Integer> {
    private static final long MEBI = 1024 * 1024;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--nodes", defaultValue = "3", description = "How many nodes (default 3).")
    private int nodeCount;

    @Option(names = "--chats", defaultValue = "50", description = "How many chats stream (default 50).")
    private int chatCount;

    @Option(
            names = "--idle",
            split = ",",
            defaultValue = "100,1000,10000,100000",
            description = "How many are idle, growing (default 100,1000,10000,100000).")
    private List<Integer> sizes = List.of();

    @Option(names = "--rounds", defaultValue = "2", description = "How many nodes die at each size (default 2).")
    private int rounds;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        var report = new Report(
                "growth: SIGKILL of one of %d nodes, %d chats stream, others are idle".formatted(nodeCount, chatCount),
                Machine.now());
        try (var api = new Api();
                Nodes nodes = Nodes.start(nodeCount, Phases.LOG_MORE)) {
            nodes.awaitMembers(api);
            Chats chats = Chats.created(api, nodes.inTurn(), chatCount, new Chats.Pace(80, 20));
            String original = original(api, nodes, report);
            int idle = 1;
            for (int size : sizes) {
                if (size > idle) {
                    ChatCopies.add(nodes.jdbcUrl(), original, size - idle);
                    idle = size;
                }
                measure(size, new TakeoverSetting(nodes, api, chats), report, out);
            }
        }
        return report.finish(out);
    }

    private record TakeoverSetting(Nodes nodes, Api api, Chats chats) {}

    private void measure(int size, TakeoverSetting setting, Report report, PrintWriter out) {
        var phases = new Phases(Clock.system(ZoneId.systemDefault()));
        var trial = new TakeoverRound(setting.nodes(), setting.api(), setting.chats(), phases);
        var pauses = new ArrayList<Duration>();
        for (int round = 0; round < rounds && !report.isFaulty(); round++) {
            LocalNode dead = setting.nodes().node(round % nodeCount + 1);
            pauses.addAll(trial.of(dead, How.KILL, report).pauses());
        }
        String memory = setting.nodes().all().stream()
                .map(node -> Nodes.memory(node) / MEBI + " MiB")
                .collect(Collectors.joining(", "));
        out.println("%d idle chats: memory of the nodes %s".formatted(size, memory));
        out.flush();
        report.times("%d idle: pause of a chat of the dead node".formatted(size), pauses, How.KILL.target());
        phases.print(report);
        report.fact("%d idle: memory of the nodes %s".formatted(size, memory));
    }

    /** A chat with one turn behind it. */
    private static String original(Api api, Nodes nodes, Report report) {
        Chats one = Chats.created(api, nodes.inTurn(), 1, new Chats.Pace(60, 1000));
        try (var sockets = new Sockets()) {
            one.watch(sockets, nodes.inTurn());
            one.beginTurns(nodes.inTurn());
            one.awaitEnd(Duration.ofSeconds(30)).forEach(report::fault);
        }
        return one.views().get(0).chat();
    }
}
