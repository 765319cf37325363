package dev.baton.bench;

import dev.baton.gateway.local.LocalNode;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A node dies, again and again, while chats stream on all of them and clients watch through those that stay. */
@Command(
        name = "takeover",
        description = "A node is killed, held or cut off while chats stream: how long does each chat stand still?",
        mixinStandardHelpOptions = true)
final class Takeover implements Callable<Integer> {
    /** Which node it happens to. */
    enum Victim {
        PLAIN,
        OLDEST,
        ANY
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--nodes", defaultValue = "3", description = "How many nodes (default 3).")
    private int nodeCount;

    @Option(names = "--chats", defaultValue = "100", description = "How many chats stream (default 100).")
    private int chatCount;

    @Option(names = "--rounds", defaultValue = "20", description = "How many nodes die, one a round (default 20).")
    private int rounds;

    @Option(names = "--victim", defaultValue = "any", description = "plain, oldest or any (the default) node.")
    private Victim victim = Victim.ANY;

    @Option(
            names = "--how",
            defaultValue = "kill",
            description = "kill (SIGKILL, the default), stop (SIGSTOP) or partition.")
    private How how = How.KILL;

    @Option(names = "--words", defaultValue = "80", description = "Length of an answer in words (default 80).")
    private int words;

    @Option(names = "--rate", defaultValue = "20", description = "Words a second of each answer (default 20).")
    private int rate;

    private final List<Duration> moved = new ArrayList<>();
    private final List<Duration> others = new ArrayList<>();
    private final List<Duration> told = new ArrayList<>();
    private final List<Duration> first = new ArrayList<>();
    private final Map<Victim, List<Duration>> byVictim = new EnumMap<>(Victim.class);
    private final RandomGenerator random = RandomGenerator.getDefault();
    private int startedLast;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        var report = new Report(
                "takeover: %s of one of %d nodes (%s), %d chats of %d words/s, %d rounds"
                        .formatted(
                                how.shown(),
                                nodeCount,
                                victim.name().toLowerCase(Locale.ROOT),
                                chatCount,
                                rate,
                                rounds),
                Machine.now());
        var phases = new Phases(Clock.system(ZoneId.systemDefault()));
        try (var api = new Api();
                Nodes nodes = how == How.PARTITION
                        ? Nodes.startWithLines(nodeCount, Phases.LOG_MORE)
                        : Nodes.start(nodeCount, Phases.LOG_MORE)) {
            nodes.awaitMembers(api);
            Chats chats = Chats.created(api, nodes.inTurn(), chatCount, new Chats.Pace(words, rate));
            var trial = new TakeoverRound(nodes, api, chats, phases);
            for (int round = 1; round <= rounds && !report.isFaulty(); round++) {
                out.println(round(round, nodes, api, trial, report));
                out.flush();
            }
            report.fact("each of %d chats has had %d turns".formatted(chatCount, chats.turns()));
        }
        report.times("pause of a chat of the dead node", moved, how.target());
        byVictim.forEach((kind, pauses) -> report.times(
                "  of them when it was " + (kind == Victim.OLDEST ? "the oldest" : "a plain one"), pauses));
        report.times("longest gap between two words of the other chats", others);
        report.times("from the signal to the client's word of the move", told);
        report.times("from the signal to the first word of the new runner", first);
        phases.print(report);
        return report.finish(out);
    }

    private String round(int round, Nodes nodes, Api api, TakeoverRound trial, Report report) {
        LocalNode oldest = nodes.oldest(api);
        LocalNode dead = choose(nodes, oldest);
        Victim kind = dead.equals(oldest) ? Victim.OLDEST : Victim.PLAIN;
        TakeoverRound.Seen seen = trial.of(dead, how, report);
        startedLast = dead.number();
        seen.moves().forEach(move -> {
            told.add(move.told());
            first.add(move.first());
        });
        moved.addAll(seen.pauses());
        others.addAll(seen.gapsOfOthers());
        byVictim.computeIfAbsent(kind, any -> new ArrayList<>()).addAll(seen.pauses());
        return line(round, dead, kind, Percentiles.of(seen.pauses()));
    }

    /** Not the one that was started last, which hardly has a chat, where there is another. */
    private LocalNode choose(Nodes nodes, LocalNode oldest) {
        List<LocalNode> possible = nodes.all().stream()
                .filter(node -> victim == Victim.ANY || node.equals(oldest) == (victim == Victim.OLDEST))
                .toList();
        List<LocalNode> settled =
                possible.stream().filter(node -> node.number() != startedLast).toList();
        List<LocalNode> choice = settled.isEmpty() ? possible : settled;
        return choice.get(random.nextInt(choice.size()));
    }

    private static String line(int round, LocalNode node, Victim kind, Percentiles pauses) {
        return "round %d: %s%s, %d chats, pause p50 %s p99 %s max %s"
                .formatted(
                        round,
                        node.name(),
                        kind == Victim.OLDEST ? " (the oldest)" : "",
                        pauses.count(),
                        Report.shown(pauses.p50()),
                        Report.shown(pauses.p99()),
                        Report.shown(pauses.max()));
    }
}
