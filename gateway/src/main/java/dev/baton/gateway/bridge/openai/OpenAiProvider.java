package dev.baton.gateway.bridge.openai;

import akka.Done;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.Authorization;
import akka.stream.javadsl.Source;
import dev.baton.gateway.bridge.provider.Bodies;
import dev.baton.gateway.bridge.provider.Dialect;
import dev.baton.gateway.bridge.provider.PassThrough;
import dev.baton.gateway.bridge.provider.Provider;
import dev.baton.gateway.bridge.provider.ProviderCall;
import dev.baton.gateway.bridge.provider.ProviderHttp;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelRequest;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A provider that speaks Chat Completions. It keeps no answers, so nothing can be reattached to. */
public final class OpenAiProvider implements Provider {
    private final ProviderHttp http;
    private final Function<String, ContinueWith> ways;

    /** {@code ways}: how each model goes on from a beginning. */
    public OpenAiProvider(ProviderHttp http, Function<String, ContinueWith> ways) {
        this.http = http;
        this.ways = ways;
    }

    @Override
    public CompletionStage<Done> close() {
        return http.close();
    }

    @Override
    public Source<ModelEvent, CompletionStage<Done>> call(ProviderCall call) {
        ContinueWith way = ways.apply(call.model());
        byte[] body;
        try {
            body = Bodies.bytes(CompletionsRequest.json(call, way));
        } catch (IllegalArgumentException unsendable) {
            return http.unsendable(unsendable);
        }
        Source<ModelEvent, CompletionStage<Done>> answer = http.stream(
                httpRequest(call, body), () -> new CompletionsReader(http.failures(), toolCallIdBase(call.request())));
        if (!way.echoes()) {
            return answer;
        }
        String beginning = Bodies.textOf(call.request().said());
        return answer.statefulMapConcat(() -> new EchoedBeginning(beginning)::newIn);
    }

    @Override
    public Optional<PassThrough> passThrough() {
        return Optional.of(new PassThrough(
                Dialect.COMPLETIONS,
                http,
                key -> Authorization.oauth2(key.value()),
                usageAdded -> new PassedCompletions(http.failures(), usageAdded)));
    }

    private HttpRequest httpRequest(ProviderCall call, byte[] body) {
        HttpRequest request =
                HttpRequest.POST(http.path("/chat/completions")).withEntity(ContentTypes.APPLICATION_JSON, body);
        return call.key()
                .map(key -> request.addHeader(Authorization.oauth2(key.value())))
                .orElse(request);
    }

    /** Ids of calls must differ within a chat; the message that is answered differs for each step. */
    private static String toolCallIdBase(ModelRequest request) {
        int size = request.history().size();
        return "call_" + (size == 0 ? "m0" : request.history().get(size - 1).id());
    }
}
