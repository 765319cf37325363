package dev.baton.bench;

import dev.baton.gateway.local.LocalNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Nodes with nothing to do are started and stopped. */
@Command(
        name = "idle-stop",
        description = "A node with nothing to do is started and stopped: how long from SIGTERM to its exit?",
        mixinStandardHelpOptions = true)
final class IdleStop implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--nodes", defaultValue = "3", description = "How many nodes, stopped in turn (default 3).")
    private int nodeCount;

    @Option(names = "--rounds", defaultValue = "10", description = "How many stops (default 10).")
    private int rounds;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        var report = new Report(
                "idle-stop: SIGTERM to a node of %d with nothing to do, %d rounds".formatted(nodeCount, rounds),
                Machine.now());
        var exits = new ArrayList<Duration>();
        try (var api = new Api();
                Nodes nodes = Nodes.start(nodeCount, List.of())) {
            nodes.awaitMembers(api);
            for (int round = 1; round <= rounds && !report.isFaulty(); round++) {
                LocalNode node = nodes.node((round - 1) % nodeCount + 1);
                Duration exit = Stop.of(node, report).time();
                exits.add(exit);
                out.println("round %d: %s, exit after %s".formatted(round, node.name(), Report.shown(exit)));
                out.flush();
                nodes.restart(node.number(), api);
            }
        }
        return report.times("from SIGTERM to the exit", exits, Target.max(Duration.ofSeconds(1)))
                .finish(out);
    }
}
