package dev.baton.bench;

import dev.baton.client.BatonClient;
import dev.baton.gateway.local.LocalNode;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** In each turn the node of a random chat dies at a random moment, and is started again while the others go on. */
record Kills(Nodes nodes, Api api, int rounds, Chats.Pace pace, Expected expected, PrintWriter out)
        implements Exactness.Trial {
    private static final Duration EXIT_LIMIT = Duration.ofSeconds(10);
    private static final int SHOWN_EVERY = 10;

    @Override
    public void run(ExactTurns turns, BatonClient client, Report report) {
        RandomGenerator random = RandomGenerator.getDefault();
        for (String chat : turns.chats()) {
            Watching.follow(client, turns.witness(chat, expected), report);
        }
        for (int round = 1;
                round <= rounds && !report.isFaulty() && !turns.tally().isWrong();
                round++) {
            turns.begin();
            Pauses.pause(Duration.ofMillis(random.nextLong(pace.answer().toMillis())));
            LocalNode victim =
                    nodeOf(turns.chats().get(random.nextInt(turns.chats().size())));
            victim.kill();
            victim.awaitExit(EXIT_LIMIT);
            nodes.restart(victim.number(), api);
            turns.awaitEnd(pace.answer(), report);
            if (round % SHOWN_EVERY == 0 || round == rounds) {
                out.println("%d kills: %s".formatted(round, turns.tally()));
                out.flush();
            }
        }
        report.fact("%d kills".formatted(turns.turns()));
    }

    /** The node that runs {@code chat}; any when none does now. */
    private LocalNode nodeOf(String chat) {
        String address = api.get(nodes.inTurnNow(), "/chats/" + chat + "/diagnosis")
                .path("runner")
                .path("node")
                .asText();
        return nodes.all().stream()
                .filter(node -> address.contains(node.address()))
                .findFirst()
                .orElse(nodes.node(1));
    }
}
