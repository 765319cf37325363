package dev.baton.bench;

import dev.baton.client.BatonClient;
import dev.baton.client.ClientSettings;
import dev.baton.gateway.local.LocalNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Whether each client sees the words that were committed, once and in order, whatever happens to nodes and clients. */
@Command(
        name = "exactness",
        description =
                "Nodes are killed while chats stream, again and again (or what --droppers, --sleepers or --rolling"
                        + " say happens): does each client see the committed words, once, in order?",
        mixinStandardHelpOptions = true)
final class Exactness implements Callable<Integer> {
    private static final int KILLS = 20;
    private static final int DROPPED_TURNS = 5;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--nodes", defaultValue = "3", description = "How many nodes (default 3).")
    private int nodeCount;

    @Option(names = "--chats", defaultValue = "20", description = "How many chats stream (default 20).")
    private int chatCount;

    @Option(
            names = "--rounds",
            description =
                    "How many kills, one a turn (default 20), turns with droppers (5) or restarts of all nodes (1).")
    private @Nullable Integer rounds;

    @Option(names = "--words", defaultValue = "60", description = "Length of an answer in words (default 60).")
    private int words;

    @Option(names = "--rate", defaultValue = "20", description = "Words a second of each answer (default 20).")
    private int rate;

    @Option(
            names = "--takeover",
            defaultValue = "continue",
            description =
                    "What a cut does: continue (default: no client forgets anything) or restart (one reset a cut).")
    private Expected takeover = Expected.CONTINUE;

    @Option(names = "--droppers", description = "So many clients that drop and come back at random; nobody is killed.")
    private int droppers;

    @Option(names = "--sleepers", description = "So many clients that stop reading for a time; nobody is killed.")
    private int sleepers;

    @Option(
            names = "--sleep",
            defaultValue = "60s",
            description = "For how long they do (default 60s).",
            converter = Seconds.class)
    private Duration sleep = Duration.ofSeconds(60);

    @Option(names = "--rolling", description = "All nodes are restarted, one after the other, --rounds times.")
    private boolean rolling;

    /** A time as {@code 60s}. */
    private static final class Seconds implements CommandLine.ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Duration.parse("PT" + text);
        }
    }

    /** What happens while chats have their turns. */
    @FunctionalInterface
    interface Trial {
        void run(ExactTurns turns, BatonClient client, Report report);
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        var report = new Report(
                "exactness: %s, %d nodes, %d chats of %d words, %d words/s, a cut model is to %s"
                        .formatted(
                                what(),
                                nodeCount,
                                chatCount,
                                words,
                                rate,
                                takeover.name().toLowerCase(Locale.ROOT)),
                Machine.now());
        var pace = new Chats.Pace(words, rate);
        try (var api = new Api();
                Nodes nodes = Nodes.start(nodeCount, takeover.nodeFlags())) {
            nodes.awaitMembers(api);
            KnownAnswers known = KnownAnswers.ask(api, nodes.inTurn(), pace);
            var turns = new ExactTurns(api, nodes.inTurnNow(), known, chatCount);
            // The client's limit for a request covers a start of a node on a machine that is busy.
            try (var client = new BatonClient(ClientSettings.of(() -> nodes.all().stream()
                            .filter(LocalNode::isReady)
                            .map(LocalNode::url)
                            .toList())
                    .withHeaders(Token.headers()))) {
                trial(nodes, api, pace, out).run(turns, client, report);
                turns.compare(client, report);
            }
            report.fact("%d turns in %d chats, seen by %d clients: %s"
                    .formatted(turns.turns(), chatCount, turns.witnesses().size(), turns.tally()));
        }
        return report.finish(out);
    }

    private int roundsOr(int usual) {
        return rounds == null ? usual : rounds;
    }

    private Trial trial(Nodes nodes, Api api, Chats.Pace pace, PrintWriter out) {
        if (droppers > 0) {
            return new Droppers(droppers, roundsOr(DROPPED_TURNS), pace, takeover, out);
        }
        if (sleepers > 0) {
            return new Sleepers(sleepers, sleep, nodes, pace, takeover, out);
        }
        if (rolling) {
            return new RollingTurns(nodes, api, roundsOr(1), pace, takeover, out);
        }
        return new Kills(nodes, api, roundsOr(KILLS), pace, takeover, out);
    }

    private String what() {
        if (droppers > 0) {
            return droppers + " clients that drop and come back at random, " + roundsOr(DROPPED_TURNS) + " turns";
        }
        if (sleepers > 0) {
            return sleepers + " clients that stop reading for " + sleep.toSeconds() + " s";
        }
        return rolling ? "all nodes restarted " + roundsOr(1) + " times" : roundsOr(KILLS) + " kills";
    }
}
