package dev.baton.gateway.bridge.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.bridge.provider.PassedAnswer;
import dev.baton.gateway.bridge.provider.PassedReader;
import dev.baton.gateway.bridge.provider.ProviderError;
import dev.baton.gateway.bridge.provider.ProviderFailures;
import dev.baton.gateway.bridge.provider.RawEvent;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelException;

/** Reads along an answer of Responses. It ends with {@code response.completed} or {@code response.incomplete}. */
final class PassedResponses implements PassedReader {
    private final ProviderFailures failures;

    PassedResponses(ProviderFailures failures) {
        this.failures = failures;
    }

    @Override
    public void read(RawEvent event, PassedAnswer answer) {
        switch (event.typeOrElse("type")) {
            case "response.completed", "response.incomplete" -> {
                event.json().ifPresent(json -> use(json.path("response").path("usage"), answer));
                answer.end();
            }
            case "response.failed", "response.cancelled", "error" ->
                event.json().ifPresentOrElse(json -> fail(json, answer), () -> answer.fail(wordless()));
            default -> {
                // what the model says is its client's business
            }
        }
    }

    private void fail(JsonNode json, PassedAnswer answer) {
        JsonNode response = json.path("response");
        use(response.path("usage"), answer);
        JsonNode error = response.path("error");
        answer.fail(
                error.isObject()
                        ? failures.ofError(ProviderError.ofObject(ProviderError.NO_STATUS, error))
                        : failures.inEvent(json).orElseGet(this::wordless));
    }

    private ModelException wordless() {
        return failures.malformed("the stream tells an error without a word", true);
    }

    private void use(JsonNode told, PassedAnswer answer) {
        if (told.isObject()) {
            answer.used(usage(told));
        }
    }

    @Override
    public Usage usage(JsonNode told) {
        return ResponsesUsage.of(told);
    }
}
