package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node of three is killed with SIGKILL in mid-answer: the ledger has every call once, ended once, with what it used. */
class LedgerIT {
    private static final int ROUNDS = Integer.getInteger("baton.ledger.rounds", 1);
    private static final int CHATS = 12;
    private static final int WORDS = 175;
    private static final int PROMPT = 2;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void everyCallOfAKilledNodeEndsOnceAndCountsOnce(@TempDir Path directory) {
        try (var cluster = ClusterProcesses.start(3, directory, """
                baton.budgets.refresh = 0
                baton.bridge.providers.simulated.models {
                  dear { takeover = continue, price { input = 1000000, output = 2000000 } }
                }
                """)) {
            for (int round = 0; round < ROUNDS; round++) {
                killInMidAnswer(cluster.node(round), cluster.node(round + 1), cluster.journal());
                if (round + 1 < ROUNDS) {
                    cluster.add();
                }
            }
            refuseWhatIsOverBudget(cluster.node(ROUNDS).api());
        }
    }

    private static void killInMidAnswer(NodeProcess victim, NodeProcess stays, Journal journal) {
        StreamingChats chats = StreamingChats.begin(stays.api(), CHATS, WORDS, List.of("simulated/dear"));
        assertThat(chats.runningOn(victim)).isNotEmpty();
        victim.kill();
        chats.endInOneAnswer(stays);
        List<String> cut = chats.cut(journal);
        assertThat(cut).isNotEmpty();
        for (String chat : chats.watchers().keySet()) {
            List<JsonNode> calls = ended(stays.api(), chat);
            assertThat(outcomes(calls))
                    .as("chat %s", chat)
                    .containsExactlyElementsOf(cut.contains(chat) ? List.of("orphaned", "done") : List.of("done"));
            // Each call reads the prompt, and what was said before is read again; all words are said once.
            long said = calls.size() == 1 ? 0 : input(calls.get(1)) - PROMPT;
            long input = (long) calls.size() * PROMPT + said;
            long output = WORDS - said;
            JsonNode total =
                    stays.api().get("/chats/" + chat + "/usage").path("totals").path(0);
            assertThat(total.path("usage").path("input_tokens").asLong())
                    .as("chat %s: %s", chat, calls)
                    .isEqualTo(input);
            assertThat(total.path("usage").path("output_tokens").asLong())
                    .as("chat %s: %s", chat, calls)
                    .isEqualTo(output);
            assertThat(total.path("cost").asText()).isEqualTo(Long.toString(input + 2 * output));
            JsonNode answer = stays.api()
                    .get("/chats/" + chat + "/messages")
                    .path("messages")
                    .path(1);
            assertThat(answer.path("usage")).as("what the chat says, %s", chat).isEqualTo(total.path("usage"));
        }
    }

    /** The turn ends in an error that names the budget; the refused call is in the ledger as well. */
    private static void refuseWhatIsOverBudget(ChatApi api) {
        long spent = api.send("PUT", "/budgets/owner/local", "{\"window\":\"total\",\"token_limit\":1}")
                .body()
                .path("spent")
                .path("tokens")
                .asLong();
        assertThat(spent).isGreaterThanOrEqualTo((long) CHATS * WORDS);
        String chat = api.post("/chats", "{}").path("id").asText();
        try (ChatApi.Stream stream = api.stream(chat, null)) {
            stream.until(event -> event.path("type").asText().equals("status"));
            api.post("/chats/" + chat + "/messages", "{\"content\":\"words=2 rate=0\"}");
            JsonNode error = stream.until(event -> event.path("type").asText().equals("error")).stream()
                    .reduce((first, last) -> last)
                    .orElseThrow()
                    .path("error");
            assertThat(error.path("kind").asText()).isEqualTo("budget_exceeded");
            assertThat(error.path("message").asText()).contains("owner local");
            assertThat(error.path("retryable").asBoolean()).isFalse();
        }
        assertThat(ended(api, chat).get(0).path("failure_kind").asText()).isEqualTo("budget_exceeded");
        assertThat(api.send("DELETE", "/budgets/owner/local", null).status()).isEqualTo(200);
    }

    /** The calls of a chat, the first one first, once all have ended. */
    private static List<JsonNode> ended(ChatApi api, String chat) {
        long limit = System.nanoTime() + LIMIT.toNanos();
        List<JsonNode> calls = calls(api, chat);
        while (outcomes(calls).contains("running")) {
            assertThat(System.nanoTime()).as("%s", calls).isLessThan(limit);
            calls = calls(api, chat);
        }
        return calls;
    }

    private static List<JsonNode> calls(ChatApi api, String chat) {
        var calls = new ArrayList<JsonNode>();
        api.get("/audit?chat=" + chat).path("calls").forEach(call -> calls.add(0, call));
        return calls;
    }

    private static List<String> outcomes(List<JsonNode> calls) {
        return calls.stream().map(call -> call.path("outcome").asText()).toList();
    }

    private static long input(JsonNode call) {
        return call.path("usage").path("input_tokens").asLong();
    }
}
