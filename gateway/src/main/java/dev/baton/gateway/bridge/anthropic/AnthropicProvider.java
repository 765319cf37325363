package dev.baton.gateway.bridge.anthropic;

import akka.Done;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Source;
import dev.baton.gateway.bridge.provider.Bodies;
import dev.baton.gateway.bridge.provider.Dialect;
import dev.baton.gateway.bridge.provider.PassThrough;
import dev.baton.gateway.bridge.provider.Provider;
import dev.baton.gateway.bridge.provider.ProviderCall;
import dev.baton.gateway.bridge.provider.ProviderHttp;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.model.ModelEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** A provider that speaks Anthropic Messages. It keeps no answers, so nothing can be reattached to. */
public final class AnthropicProvider implements Provider {
    private static final String VERSION = "2023-06-01";

    private final ProviderHttp http;

    public AnthropicProvider(ProviderHttp http) {
        this.http = http;
    }

    @Override
    public CompletionStage<Done> close() {
        return http.close();
    }

    @Override
    public Source<ModelEvent, CompletionStage<Done>> call(ProviderCall call) {
        byte[] body;
        MessagesRequest request = new MessagesRequest(call);
        try {
            body = Bodies.bytes(request.json());
        } catch (IllegalArgumentException unsendable) {
            return http.unsendable(unsendable);
        }
        Source<ModelEvent, CompletionStage<Done>> answer =
                http.stream(httpRequest(call, body), () -> new MessagesReader(http.failures()));
        String cut = request.spaceCutFromPrefix();
        return cut.isEmpty() ? answer : answer.statefulMapConcat(() -> new RepeatedSpace(cut)::newIn);
    }

    @Override
    public Optional<PassThrough> passThrough() {
        return Optional.of(new PassThrough(
                Dialect.MESSAGES,
                http,
                key -> RawHeader.create("x-api-key", key.value()),
                usageAdded -> new PassedMessages(http.failures())));
    }

    private HttpRequest httpRequest(ProviderCall call, byte[] body) {
        HttpRequest request = HttpRequest.POST(http.path("/messages"))
                .addHeader(RawHeader.create("anthropic-version", VERSION))
                .withEntity(ContentTypes.APPLICATION_JSON, body);
        return call.key()
                .map(key -> request.addHeader(RawHeader.create("x-api-key", key.value())))
                .orElse(request);
    }

    /** The space at the end of a beginning cannot be sent; when the model says it again, it has been said already. */
    private static final class RepeatedSpace {
        private String left;

        RepeatedSpace(String cut) {
            this.left = cut;
        }

        Iterable<ModelEvent> newIn(ModelEvent event) {
            if (left.isEmpty()
                    || !(event instanceof ModelEvent.Streamed streamed)
                    || !(streamed.part() instanceof Part.Text piece)) {
                return List.of(event);
            }
            String text = piece.text();
            int same = 0;
            while (same < Math.min(left.length(), text.length()) && left.charAt(same) == text.charAt(same)) {
                same++;
            }
            left = same == text.length() ? left.substring(same) : "";
            String rest = text.substring(same);
            return rest.isEmpty()
                    ? List.of()
                    : List.of(new ModelEvent.Streamed(new Part.Text(rest), streamed.position()));
        }
    }
}
