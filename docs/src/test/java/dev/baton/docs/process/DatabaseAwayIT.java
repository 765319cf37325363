package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes whose PostgreSQL goes away, comes back, loses their connections, or answers too late. */
class DatabaseAwayIT {
    private static final Duration AWAY = Duration.ofSeconds(Integer.getInteger("baton.database.away", 8));
    private static final int ROUNDS = Integer.getInteger("baton.database.rounds", 2);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int CHATS = 8;
    private static final int SEED = ClusterProcesses.freePort();
    private static final int WORDS = 120;

    private static OwnPostgres database;

    @BeforeAll
    static void start(@TempDir Path directory) {
        database = OwnPostgres.start(directory);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void socketsStayAndChatsGoOnWhenTheDatabaseComesBack(@TempDir Path directory) throws IOException {
        try (NodeProcess one = node(directory, SEED, database.port(), "");
                NodeProcess other = node(directory, 0, database.port(), "")) {
            Map<String, Watcher> watchers = new LinkedHashMap<>();
            for (int i = 0; i < CHATS; i++) {
                ChatApi api = (i % 2 == 0 ? one : other).api();
                String chat = api.post("/chats", "{}").path("id").asText();
                watchers.put(chat, Watcher.of(api, chat, DatabaseAwayIT::isIdle));
                api.post("/chats/" + chat + "/messages", "{\"content\":\"words=%d rate=20\"}".formatted(WORDS));
            }
            watchers.values().forEach(Watcher::awaitPart);

            database.stop();
            awaitReadiness(one, 503);
            awaitReadiness(other, 503);
            assertThat(one.exitsWithin(AWAY)).isFalse();
            assertThat(other.exitsWithin(Duration.ZERO)).isFalse();
            database.startAgain();
            awaitReadiness(one, 200);
            awaitReadiness(other, 200);

            watchers.forEach((chat, watcher) -> {
                assertThat(watcher.seen()).as("chat %s", chat).isNotEmpty();
                new Turns(one.api()).areAnsweredOnce(chat, 1);
            });
            String after = new Turns(other.api()).chat();
            new Turns(one.api()).send(after, "after", "words=5 rate=0");
            new Turns(one.api()).awaitEnd(after);
            assertThat(members(one)).isEqualTo(members(other)).hasSize(2);
            assertThat(one.log() + other.log()).doesNotContain("Downing", "is proved dead");
        }
    }

    @Test
    void connectionsMayBeCutInMidCommit(@TempDir Path directory) throws IOException {
        try (NodeProcess node = node(directory, SEED, database.port(), "")) {
            var turns = new Turns(node.api());
            List<String> chats = chats(turns);
            var random = new Random(1);
            int cut = 0;
            for (int round = 1; round <= ROUNDS; round++) {
                for (String chat : chats) {
                    turns.send(chat, "round-" + round, "round %d words=5 rate=0".formatted(round));
                    if (random.nextInt(4) == 0) {
                        cut += database.cutConnections();
                    }
                }
            }
            assertThat(cut).isPositive();
            areAllAnsweredOnce(turns, chats);
        }
    }

    @Test
    void aCommitMayBeAcknowledgedTooLate(@TempDir Path directory) throws IOException {
        try (LateCommits late = LateCommits.before(database.port());
                NodeProcess node = node(directory, SEED, late.port(), """
                        baton.database.socket-timeout = 2s
                        jdbc-journal.circuit-breaker.call-timeout = 1s
                        baton.api.answer-limit = 1s
                        """)) {
            var turns = new Turns(node.api());
            List<String> chats = chats(turns);
            late.holdOneOf(7);
            for (int round = 1; round <= ROUNDS; round++) {
                for (String chat : chats) {
                    turns.send(chat, "round-" + round, "round %d words=5 rate=0".formatted(round));
                }
            }
            late.holdOneOf(0);
            assertThat(late.held()).isPositive();
            areAllAnsweredOnce(turns, chats);
        }
    }

    private static List<String> chats(Turns turns) {
        List<String> chats = new ArrayList<>();
        for (int i = 0; i < CHATS; i++) {
            chats.add(turns.chat());
        }
        return chats;
    }

    private static void areAllAnsweredOnce(Turns turns, List<String> chats) {
        for (String chat : chats) {
            turns.awaitEnd(chat);
            turns.areAnsweredOnce(chat, ROUNDS);
        }
    }

    /** Without prepared statements, so that a COMMIT can be seen on its way. */
    private static NodeProcess node(Path directory, int clusterPort, int port, String more) throws IOException {
        Path config = Files.writeString(directory.resolve("node.conf"), """
                baton.database {
                  url = "jdbc:postgresql://127.0.0.1:%d/postgres?prepareThreshold=0"
                  user = "postgres"
                  journal-connections = 4
                  query-connections = 4
                }
                %s
                """.formatted(port, more));
        return NodeProcess.up(
                directory,
                "--config",
                config.toString(),
                "--cluster-port",
                Integer.toString(clusterPort),
                "--seeds",
                "127.0.0.1:" + SEED);
    }

    private static void awaitReadiness(NodeProcess node, int status) {
        long start = System.nanoTime();
        ChatApi api = node.api();
        while (api.send("GET", "/health/ready", null).status() != status) {
            assertThat(System.nanoTime() - start)
                    .as("readiness becomes %d", status)
                    .isLessThan(LIMIT.toNanos());
        }
    }

    private static List<String> members(NodeProcess node) {
        List<String> members = new ArrayList<>();
        for (JsonNode member : node.api().get("/cluster").path("nodes")) {
            members.add(member.path("address").asText() + " "
                    + member.path("status").asText());
        }
        return members.stream().sorted().toList();
    }

    private static boolean isIdle(JsonNode event) {
        return event.path("status").asText().equals("waiting");
    }
}
