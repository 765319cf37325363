package dev.baton.gateway.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.bridge.ProviderStatus;
import dev.baton.gateway.json.ChatJson;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Shows operators how the providers fare, as this node knows it, and has it read their configuration again. */
final class ProviderEndpoints {
    private final Providers providers;

    ProviderEndpoints(Providers providers) {
        this.providers = providers;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.get("/providers", call -> CompletableFuture.completedFuture(answer()))
                        .forOperators(),
                Endpoint.post("/providers/reload", this::reload).forOperators());
    }

    private CompletionStage<HttpResponse> reload(Call call) {
        return call.body().thenApply(fields -> {
            fields.end();
            try {
                providers.reload();
            } catch (IllegalArgumentException wrong) {
                throw new ChatException(
                        ErrorCode.CONFIGURATION_INVALID, "the providers stay as they were: " + wrong.getMessage());
            }
            return answer();
        });
    }

    private HttpResponse answer() {
        ObjectNode json = Json.object();
        ArrayNode all = json.putArray("providers");
        providers.all().forEach(provider -> all.add(json(provider)));
        return Answers.ok(json);
    }

    private static ObjectNode json(ProviderStatus provider) {
        ObjectNode json = Json.object()
                .put("name", provider.name())
                .put("type", provider.type().toString())
                .put("enabled", provider.enabled())
                .put("keys", provider.keys());
        ArrayNode models = json.putArray("models");
        provider.models().forEach(model -> models.add(json(model)));
        return json;
    }

    private static ObjectNode json(ProviderStatus.Model model) {
        ObjectNode json = Json.object()
                .put("name", model.name())
                .put("breaker", model.breaker().toString())
                .put("keys_aside", model.keysAside());
        model.lastFailure()
                .ifPresent(failure -> json.putObject("last_failure")
                        .put("kind", ChatJson.name(failure.kind()))
                        .put("at", failure.at().toString()));
        return json;
    }
}
