package dev.baton.gateway.bridge.anthropic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.bridge.provider.PassedAnswer;
import dev.baton.gateway.bridge.provider.PassedReader;
import dev.baton.gateway.bridge.provider.ProviderFailures;
import dev.baton.gateway.bridge.provider.RawEvent;
import dev.baton.persistence.chat.Usage;

/** Reads along an answer of Messages. It ends with {@code message_stop}. */
final class PassedMessages implements PassedReader {
    private final ProviderFailures failures;
    private final MessagesUsage usage = new MessagesUsage();

    PassedMessages(ProviderFailures failures) {
        this.failures = failures;
    }

    @Override
    public void read(RawEvent event, PassedAnswer answer) {
        switch (event.typeOrElse("type")) {
            case "message_stop" -> answer.end();
            case "message_start" ->
                event.json().ifPresent(json -> use(json.path("message").path("usage"), answer));
            case "message_delta" -> event.json().ifPresent(json -> use(json.path("usage"), answer));
            case "error" ->
                answer.fail(event.json()
                        .flatMap(failures::inEvent)
                        .orElseGet(() -> failures.malformed("the stream tells an error without a word", true)));
            default -> {
                // what the model says is its client's business
            }
        }
    }

    private void use(JsonNode told, PassedAnswer answer) {
        if (told.isObject()) {
            answer.used(usage(told));
        }
    }

    @Override
    public Usage usage(JsonNode told) {
        return usage.with(told);
    }
}
