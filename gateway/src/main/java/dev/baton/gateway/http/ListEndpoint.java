package dev.baton.gateway.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.json.ChatJson;
import dev.baton.gateway.json.Json;
import dev.baton.gateway.stream.ChatList;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.view.ChatPage;
import dev.baton.persistence.view.ChatQuery;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Lists the caller's chats. Rows follow what happens by a moment; {@code watch_cursor} says from where on to watch. */
final class ListEndpoint {
    private static final int DEFAULT_LIMIT = 50;

    private final ChatList chats;
    private final Readiness readiness;

    ListEndpoint(ChatList chats, Readiness readiness) {
        this.chats = chats;
        this.readiness = readiness;
    }

    List<Endpoint> all() {
        return List.of(Endpoint.get("/chats", this::list));
    }

    /** The cursor is read first, so whoever watches from there misses nothing of what the page does not show yet. */
    private CompletionStage<HttpResponse> list(Call call) {
        ChatQuery query = query(call);
        readiness.requireDatabase();
        return chats.newestChange().thenCompose(newest -> chats.page(query).thenApply(page -> answer(page, newest)));
    }

    private static ChatQuery query(Call call) {
        return new ChatQuery(
                call.ownerFilter(),
                call.query("q").filter(text -> !text.isBlank()).map(text -> Fields.wellFormed("q", text)),
                labels(call),
                status(call),
                call.queryFlag("archived").orElse(false),
                call.query("cursor"),
                call.queryNumber("limit", DEFAULT_LIMIT, ChatQuery.MAX_LIMIT));
    }

    private static Map<String, String> labels(Call call) {
        var labels = new LinkedHashMap<String, String>();
        for (String label : call.queries("label")) {
            int colon = label.indexOf(':');
            if (colon < 1) {
                throw Call.invalid("label is \"%s\"; it must be key:value".formatted(label));
            }
            String key = Fields.wellFormed("label", label.substring(0, colon));
            String value = Fields.wellFormed("label", label.substring(colon + 1));
            if (!value.equals(labels.getOrDefault(key, value))) {
                throw Call.invalid(
                        "label %s is given twice, with different values; no chat can have both".formatted(key));
            }
            labels.put(key, value);
        }
        return labels;
    }

    private static Optional<Status> status(Call call) {
        return call.query("status")
                .map(name -> Arrays.stream(Status.values())
                        .filter(status -> ChatJson.name(status).equals(name))
                        .findFirst()
                        .orElseThrow(() -> Call.invalid("status is \"%s\"; it must be one of %s"
                                .formatted(
                                        name,
                                        Arrays.stream(Status.values())
                                                .map(ChatJson::name)
                                                .collect(Collectors.joining(", "))))));
    }

    private static HttpResponse answer(ChatPage page, long newest) {
        ObjectNode json = Json.object();
        ArrayNode chats = json.putArray("chats");
        page.rows().forEach(row -> chats.add(ChatJson.row(row)));
        page.nextCursor().ifPresent(cursor -> json.put("next_cursor", cursor));
        return Answers.ok(json.put("watch_cursor", Long.toString(newest)));
    }
}
