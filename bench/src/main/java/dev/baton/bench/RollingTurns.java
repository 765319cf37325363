package dev.baton.bench;

import dev.baton.client.BatonClient;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** All nodes are restarted in order, one after the other, while chats have turn after turn. */
record RollingTurns(Nodes nodes, Api api, int rounds, Chats.Pace pace, Expected expected, PrintWriter out)
        implements Exactness.Trial {
    private static final Duration LAST_TURN = Duration.ofMinutes(4);

    @Override
    public void run(ExactTurns turns, BatonClient client, Report report) {
        for (String chat : turns.chats()) {
            Watching.follow(client, turns.witness(chat, expected), report);
        }
        var done = new AtomicBoolean();
        CompletableFuture<Void> load = CompletableFuture.runAsync(() -> {
            while (!done.get() && !report.isFaulty()) {
                turns.begin();
                turns.awaitEnd(pace.answer(), report);
            }
        });
        Pauses.until(() -> turns.witnesses().stream().allMatch(witness -> witness.parts() > 0), LAST_TURN);
        var exits = new ArrayList<Duration>();
        for (int restart = 0; restart < rounds * nodes.all().size() && !load.isDone(); restart++) {
            var node = nodes.node(restart % nodes.all().size() + 1);
            exits.add(Stop.of(node, report).time());
            nodes.restart(node.number(), api);
            out.println("%s was restarted: %s".formatted(node.name(), turns.tally()));
            out.flush();
        }
        done.set(true);
        load.orTimeout(LAST_TURN.toSeconds(), TimeUnit.SECONDS).join();
        report.times("from SIGTERM to the exit", exits);
    }
}
