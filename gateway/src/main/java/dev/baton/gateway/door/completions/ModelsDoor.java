package dev.baton.gateway.door.completions;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.door.Answering;
import dev.baton.gateway.door.Door;
import dev.baton.gateway.door.DoorCall;
import dev.baton.gateway.door.ErrorShape;
import dev.baton.gateway.door.ModelNames;
import dev.baton.gateway.door.Refused;
import dev.baton.gateway.http.Models;
import dev.baton.gateway.json.Json;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** {@code /v1/models}, in the shape of whoever asks: each model by its name and as a chat with it. */
public final class ModelsDoor implements Door {
    private static final String ANTHROPIC = "anthropic-version";
    /** Models are configured, not made. */
    private static final long CREATED = 1_700_000_000;

    private static final String CREATED_AT = "2023-11-14T22:13:20Z";

    private final Models models;

    public ModelsDoor(Models models) {
        this.models = models;
    }

    @Override
    public ErrorShape errors() {
        return ErrorShape.OPENAI;
    }

    @Override
    public List<Way> ways() {
        return List.of(
                new Way("GET", "/models", this::list),
                new Way("GET", "/models/{one}", this::show),
                new Way("GET", "/models/{one}/{two}", this::show),
                new Way("GET", "/models/{one}/{two}/{three}", this::show));
    }

    private CompletionStage<HttpResponse> list(DoorCall call) {
        boolean anthropic = call.header(ANTHROPIC).isPresent();
        ObjectNode json = Json.object();
        ArrayNode data = json.putArray("data");
        models.all().forEach(model -> {
            data.add(json(model.id(), model, anthropic));
            data.add(json(ModelNames.of(model.id()), model, anthropic));
        });
        if (anthropic) {
            json.put("first_id", data.path(0).path("id").asText());
            json.put("last_id", data.path(data.size() - 1).path("id").asText());
            json.put("has_more", false);
        } else {
            json.put("object", "list");
        }
        return CompletableFuture.completedFuture(Answering.json(200, json));
    }

    /** A client may write the slashes of a name as they are, or escape them. */
    private CompletionStage<HttpResponse> show(DoorCall call) {
        String name = String.join(
                "/",
                List.of("one", "two", "three").stream()
                        .filter(call.path()::containsKey)
                        .map(call::value)
                        .toList());
        Models.Model found = models.all().stream()
                .filter(model ->
                        model.id().equals(name) || ModelNames.of(model.id()).equals(name))
                .findFirst()
                .orElseThrow(() -> new Refused(404, "model_unknown", "there is no model " + name, "model"));
        return CompletableFuture.completedFuture(
                Answering.json(200, json(name, found, call.header(ANTHROPIC).isPresent())));
    }

    private static ObjectNode json(String name, Models.Model model, boolean anthropic) {
        ObjectNode json = Json.object().put("id", name);
        return anthropic
                ? json.put("type", "model").put("display_name", model.name()).put("created_at", CREATED_AT)
                : json.put("object", "model").put("created", CREATED).put("owned_by", model.provider());
    }
}
