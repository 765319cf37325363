package dev.baton.gateway.bridge.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.bridge.provider.PassedAnswer;
import dev.baton.gateway.bridge.provider.PassedReader;
import dev.baton.gateway.bridge.provider.ProviderFailures;
import dev.baton.gateway.bridge.provider.RawEvent;
import dev.baton.persistence.chat.Usage;

/** Reads along an answer of Chat Completions. It ends with {@code [DONE]}. */
final class PassedCompletions implements PassedReader {
    private static final byte[] USAGE = RawEvent.quoted("usage");
    private static final byte[] ERROR = RawEvent.quoted("error");

    private final ProviderFailures failures;
    private final boolean withholdsUsage;

    /** {@code withholdsUsage}: the client did not ask for the chunk that tells nothing but the usage. */
    PassedCompletions(ProviderFailures failures, boolean withholdsUsage) {
        this.failures = failures;
        this.withholdsUsage = withholdsUsage;
    }

    @Override
    public void read(RawEvent event, PassedAnswer answer) {
        if (event.hasData("[DONE]")) {
            answer.end();
            return;
        }
        boolean usage = event.has(USAGE);
        boolean error = event.has(ERROR);
        if (usage || error) {
            event.json().ifPresent(json -> read(json, answer));
        }
    }

    private void read(JsonNode json, PassedAnswer answer) {
        failures.inEvent(json).ifPresent(answer::fail);
        JsonNode usage = json.path("usage");
        if (usage.isObject()) {
            answer.used(usage(usage));
            if (withholdsUsage && json.path("choices").isEmpty()) {
                answer.withhold();
            }
        }
    }

    @Override
    public Usage usage(JsonNode usage) {
        return CompletionsUsage.of(usage);
    }
}
