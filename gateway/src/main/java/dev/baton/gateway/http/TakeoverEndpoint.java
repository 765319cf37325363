package dev.baton.gateway.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.cluster.Takeovers;
import dev.baton.gateway.json.ChatJson;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.view.MovePage;
import dev.baton.persistence.view.RunnerMove;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Lists what went on elsewhere, the newest first. */
final class TakeoverEndpoint {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;

    private final Takeovers takeovers;
    private final Readiness readiness;

    TakeoverEndpoint(Takeovers takeovers, Readiness readiness) {
        this.takeovers = takeovers;
        this.readiness = readiness;
    }

    List<Endpoint> all() {
        return List.of(Endpoint.get("/cluster/takeovers", this::list).forOperators());
    }

    private CompletionStage<HttpResponse> list(Call call) {
        readiness.requireDatabase();
        Optional<ChatId> chat = call.query("chat")
                .map(text -> ChatId.parse(text)
                        .orElseThrow(() -> Call.invalid("chat is \"%s\"; it must be a chat's id".formatted(text))));
        return takeovers
                .page(chat, call.query("cursor"), call.queryNumber("limit", DEFAULT_LIMIT, MAX_LIMIT))
                .thenApply(page -> Answers.ok(json(page)));
    }

    private static ObjectNode json(MovePage page) {
        ObjectNode json = Json.object();
        ArrayNode all = json.putArray("takeovers");
        page.moves().forEach(move -> all.add(json(move)));
        page.nextCursor().ifPresent(cursor -> json.put("next_cursor", cursor));
        return json;
    }

    private static ObjectNode json(RunnerMove move) {
        ObjectNode json = Json.object()
                .put("chat_id", move.chat().toString())
                .put("epoch", move.epoch())
                .put("from_node", move.from().value())
                .put("to_node", move.to().value())
                .put("cause", ChatJson.name(move.cause()))
                .put("at", move.at().toString());
        if (move.pause() != null) {
            json.put("pause_ms", move.pause().toMillis());
        }
        return json;
    }
}
