package dev.baton.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The chats of a benchmark and the turns they have had, all of the same length and pace. */
final class Chats {
    private static final Duration STREAMING_LIMIT = Duration.ofSeconds(60);
    private static final int PARTS_AT_FIRST = 2;
    private static final int PAGE = 200;

    private final Api api;
    private final Pace pace;
    private final List<ChatView> views;
    private int turns;

    /** How long answers are, and how many words come in a second. */
    record Pace(int words, int rate) {
        Duration answer() {
            return Duration.ofMillis(words * 1000L / rate);
        }
    }

    private Chats(Api api, Pace pace, List<ChatView> views) {
        this.api = api;
        this.pace = pace;
        this.views = views;
    }

    /** Chats without a message. */
    static Chats created(Api api, Supplier<URI> nodes, int count, Pace pace) {
        return of(api, pace, ids(api, nodes, count));
    }

    static Chats of(Api api, Pace pace, List<String> ids) {
        return new Chats(api, pace, ids.stream().map(ChatView::new).toList());
    }

    static List<String> ids(Api api, Supplier<URI> nodes, int count) {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        return api.all(IntStream.range(0, count)
                .<Callable<String>>mapToObj(i -> () ->
                        api.postPatiently(nodes, "/chats", nothing).path("id").asText())
                .toList());
    }

    List<ChatView> views() {
        return views;
    }

    int turns() {
        return turns;
    }

    /** A client on each chat, each on the node that is next in turn; returns when all have been told what there is. */
    void watch(Sockets sockets, Supplier<URI> nodes) {
        List<Sockets.Socket> opened =
                views.stream().map(view -> sockets.watch(view, nodes)).toList();
        opened.forEach(socket -> socket.opened()
                .orTimeout(STREAMING_LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join());
    }

    /** Sends each chat a message and returns when all answers have begun. */
    void beginTurns(Supplier<URI> nodes) {
        turns++;
        String content = "turn %d words=%d rate=%d".formatted(turns, pace.words(), pace.rate());
        var sends = new ArrayList<Callable<JsonNode>>();
        for (ChatView view : views) {
            ObjectNode message = JsonNodeFactory.instance
                    .objectNode()
                    .put("content", content)
                    .put("client_message_id", "turn-" + turns);
            sends.add(() -> {
                view.expectTurn(System.nanoTime());
                return api.post(nodes, "/chats/" + view.chat() + "/messages", message);
            });
        }
        api.all(sends);
        if (!Pauses.until(() -> views.stream().allMatch(view -> view.parts() >= PARTS_AT_FIRST), STREAMING_LIMIT)) {
            throw new BenchFailure("some answers did not begin within " + STREAMING_LIMIT);
        }
    }

    void signalled(long now) {
        views.forEach(view -> view.signalled(now));
    }

    /** Waits for the end of all turns; the chats that did not come to it in time are stuck. */
    List<String> awaitEnd(Duration limit) {
        boolean all = Pauses.until(() -> views.stream().noneMatch(ChatView::isRunning), limit);
        return all
                ? List.of()
                : views.stream()
                        .filter(ChatView::isRunning)
                        .map(view -> "chat %s is stuck in turn %d".formatted(view.chat(), turns))
                        .toList();
    }

    /** What is wrong with what the chats hold, and with what their clients have seen. */
    List<String> faults(Supplier<URI> nodes) {
        var faults = new ArrayList<String>();
        for (List<String> some : api.all(views.stream()
                .<Callable<List<String>>>map(
                        view -> () -> TurnCheck.faults(view.chat(), messages(nodes, view.chat()), turns, pace.words()))
                .toList())) {
            faults.addAll(some);
        }
        views.forEach(view -> faults.addAll(view.faults()));
        return faults;
    }

    private List<JsonNode> messages(Supplier<URI> nodes, String chat) {
        var messages = new ArrayList<JsonNode>();
        String cursor = "";
        do {
            JsonNode page = api.get(
                    nodes,
                    "/chats/" + chat + "/messages?limit=" + PAGE + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            page.path("messages").forEach(messages::add);
            cursor = page.path("next_cursor").asText("");
        } while (!cursor.isEmpty());
        return messages;
    }
}
