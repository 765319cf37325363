package dev.baton.gateway.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What a node says of itself: its health, its models, its API. */
final class NodeEndpoints {
    private final Models models;
    private final Readiness readiness;
    private final JsonNode openApi = openApi();

    NodeEndpoints(Models models, Readiness readiness) {
        this.models = models;
        this.readiness = readiness;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.get("/models", this::models),
                Endpoint.get("/openapi.json", call -> answer(openApi)).forEverybody(),
                Endpoint.get("/health/live", this::live).forEverybody(),
                Endpoint.get("/health/ready", this::ready).forEverybody());
    }

    /** Those that are also to be found at the root. */
    List<Endpoint> health() {
        return List.of(
                Endpoint.get("/health/live", this::live).forEverybody(),
                Endpoint.get("/health/ready", this::ready).forEverybody());
    }

    private CompletionStage<HttpResponse> models(Call call) {
        ObjectNode json = Json.object();
        ArrayNode list = json.putArray("models");
        String defaultModel = models.defaultModel().id();
        for (Models.Model model : models.all()) {
            ObjectNode each = list.addObject();
            each.put("id", model.id());
            each.put("provider", model.provider());
            each.put("name", model.name());
            if (model.context() != null) {
                each.put("context", model.context());
            }
            each.put("default", model.id().equals(defaultModel));
        }
        return answer(json);
    }

    private CompletionStage<HttpResponse> live(Call call) {
        return answer(Json.object().put("status", "live"));
    }

    private CompletionStage<HttpResponse> ready(Call call) {
        return switch (readiness.state()) {
            case READY -> answer(Json.object().put("status", "ready"));
            case DRAINING -> throw new ChatException(ErrorCode.SHUTTING_DOWN, "this node is leaving");
            case DATABASE_AWAY ->
                throw new ChatException(ErrorCode.DATABASE_UNAVAILABLE, "the database does not answer this node");
        };
    }

    private static CompletionStage<HttpResponse> answer(JsonNode json) {
        return CompletableFuture.completedFuture(Answers.ok(json));
    }

    private static JsonNode openApi() {
        try (InputStream document = NodeEndpoints.class.getResourceAsStream("/openapi.json")) {
            return Json.read(Objects.requireNonNull(document, "openapi.json").readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("openapi.json cannot be read", unreadable);
        }
    }
}
