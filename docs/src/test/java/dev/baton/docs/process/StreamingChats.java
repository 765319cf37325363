package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;

/** Chats whose answers stream, each with a client that reads along. */
final class StreamingChats {
    private static final String USUAL = "simulated/default";

    private final Map<String, Watcher> watchers = new LinkedHashMap<>();
    private final Map<String, String> models = new HashMap<>();
    private final int words;

    private StreamingChats(int words) {
        this.words = words;
    }

    /** {@code count} chats whose answers of so many words have begun, watched through {@code node}. */
    static StreamingChats begin(NodeProcess node, int count, int words) {
        return begin(node.api(), count, words);
    }

    static StreamingChats begin(ChatApi api, int count, int words) {
        return begin(api, count, words, List.of(USUAL));
    }

    /** {@code models}: given to the chats in turn. */
    static StreamingChats begin(ChatApi api, int count, int words, List<String> models) {
        var chats = new StreamingChats(words);
        for (int i = 0; i < count; i++) {
            String model = models.get(i % models.size());
            String chat = api.post("/chats", "{\"model\":\"" + model + "\"}")
                    .path("id")
                    .asText();
            chats.models.put(chat, model);
            chats.watchers.put(
                    chat,
                    Watcher.of(api, chat, event -> event.path("status").asText().equals("waiting")));
        }
        chats.watchers
                .keySet()
                .forEach(chat -> api.post(
                        "/chats/" + chat + "/messages", "{\"content\":\"words=%d rate=25\"}".formatted(words)));
        chats.watchers.forEach((chat, watcher) -> awaitPart(api, chat, watcher));
        return chats;
    }

    private static void awaitPart(ChatApi api, String chat, Watcher watcher) {
        try {
            watcher.awaitPart();
        } catch (CompletionException late) {
            throw new AssertionError(
                    "chat %s streams nothing; it says %s, and holds %s; the cluster is %s"
                            .formatted(
                                    chat,
                                    api.send("GET", "/chats/" + chat + "/diagnosis", null),
                                    api.send("GET", "/chats/" + chat + "/messages", null),
                                    api.send("GET", "/cluster", null)),
                    late);
        }
    }

    /** The model of {@code chat}. */
    String model(String chat) {
        return Objects.requireNonNull(models.get(chat));
    }

    /** The chats and who watches each. */
    Map<String, Watcher> watchers() {
        return Collections.unmodifiableMap(watchers);
    }

    /** Waits for the end of all turns: each chat has one whole answer, which its client was told once, as it was shown. */
    void endInOneAnswer(NodeProcess node) {
        watchers.forEach((chat, watcher) -> {
            var shown = new StringBuilder();
            List<JsonNode> answers = new ArrayList<>();
            for (JsonNode event : watcher.seen()) {
                switch (event.path("type").asText()) {
                    case "message_part" ->
                        shown.append(event.path("part").path("text").asText());
                    case "preview_reset" -> shown.setLength(0);
                    case "message" -> {
                        if (event.path("message").path("role").asText().equals("assistant")) {
                            answers.add(event.path("message"));
                        }
                    }
                    default -> {}
                }
            }
            List<JsonNode> messages = new ArrayList<>();
            node.api().get("/chats/" + chat + "/messages").path("messages").forEach(messages::add);
            assertThat(answers).as("chat %s", chat).hasSize(1);
            assertThat(messages).as("chat %s", chat).hasSize(2);
            assertThat(messages.get(1).path("id")).isEqualTo(answers.get(0).path("id"));
            assertThat(text(answers.get(0)).split("\\s+")).hasSize(words);
            assertThat(shown).as("chat %s", chat).hasToString(text(answers.get(0)));
        });
    }

    /** Waits for the end of all turns: the journal has one whole turn of each chat, and no epoch after a later one. */
    void endWhole(Journal journal) {
        watchers.forEach((chat, watcher) -> {
            assertThat(watcher.seen()).isNotEmpty();
            journal.assertWhole(chat, 1);
        });
    }

    /** Those whose answer was cut, which is known when all turns have ended: a second runner went on with it. */
    List<String> cut(Journal journal) {
        return watchers.keySet().stream()
                .filter(chat -> journal.epochs(chat) > 1)
                .toList();
    }

    /** Those that {@code node} runs now; on a slow machine some may have ended when this returns. */
    List<String> runningOn(NodeProcess node) {
        ChatApi api = node.api();
        List<String> running = watchers.keySet().stream()
                .filter(chat -> api.get("/chats/" + chat + "/diagnosis")
                        .path("runner")
                        .path("here")
                        .asBoolean())
                .toList();
        assertThat(running).isNotEmpty();
        return running;
    }

    /** How often the client was told to forget what it had seen of the answer. */
    long resets(String chat) {
        return Objects.requireNonNull(watchers.get(chat)).seen().stream()
                .filter(event -> event.path("type").asText().equals("preview_reset"))
                .count();
    }

    /** Waits for the end of all turns: each client was told the parts of each attempt one after the other, without a gap. */
    void cameInOrder() {
        watchers.forEach((chat, watcher) -> {
            long seq = 0;
            int attempt = 1;
            for (JsonNode event : watcher.seen()) {
                if (event.path("type").asText().equals("message_part")) {
                    seq = event.path("attempt").asInt() == attempt ? seq + 1 : 1;
                    attempt = event.path("attempt").asInt();
                    assertThat(event.path("seq").asLong()).as("chat %s", chat).isEqualTo(seq);
                }
            }
        });
    }

    /** The types of events that some client was told. */
    List<String> told() {
        return watchers.values().stream()
                .flatMap(watcher -> watcher.seen().stream())
                .map(event -> event.path("type").asText())
                .toList();
    }

    private static String text(JsonNode message) {
        var text = new StringBuilder();
        message.path("content").forEach(part -> text.append(part.path("text").asText()));
        return text.toString();
    }
}
