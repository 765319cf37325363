package dev.baton.gateway.bridge.responses;

import akka.Done;
import akka.NotUsed;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.headers.Authorization;
import akka.japi.pf.PFBuilder;
import akka.stream.Graph;
import akka.stream.SourceShape;
import akka.stream.javadsl.Source;
import dev.baton.gateway.bridge.provider.ApiKey;
import dev.baton.gateway.bridge.provider.Bodies;
import dev.baton.gateway.bridge.provider.Dialect;
import dev.baton.gateway.bridge.provider.PassThrough;
import dev.baton.gateway.bridge.provider.Provider;
import dev.baton.gateway.bridge.provider.ProviderCall;
import dev.baton.gateway.bridge.provider.ProviderHttp;
import dev.baton.runner.model.GoingOn;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A provider that speaks OpenAI Responses. Where it is to keep its answers it makes them in the background: the stream is
 * then only a view, and the answer goes on without it until it is abandoned.
 */
public final class ResponsesProvider implements Provider {
    private static final Duration ABANDON_LIMIT = Duration.ofSeconds(5);

    /** What says that the answer, or the place in it, is not there any more; that it never was one is no different. */
    private static final Set<Integer> GONE = Set.of(400, 404, 409, 410, 422);

    private final ProviderHttp http;

    public ResponsesProvider(ProviderHttp http) {
        this.http = http;
    }

    @Override
    public CompletionStage<Done> close() {
        return http.close();
    }

    @Override
    public Source<ModelEvent, CompletionStage<Done>> call(ProviderCall call) {
        if (call.request().goingOn() instanceof GoingOn.FromPosition from) {
            return Place.parse(from.position())
                    .map(place -> reattach(call, place))
                    .orElseGet(() -> nothingLeft(Source.single(new ModelEvent.Forgotten())));
        }
        byte[] body;
        try {
            body = Bodies.bytes(ResponsesRequest.json(call));
        } catch (IllegalArgumentException unsendable) {
            return http.unsendable(unsendable);
        }
        HttpRequest request = HttpRequest.POST(http.path("/responses")).withEntity(ContentTypes.APPLICATION_JSON, body);
        boolean kept = call.options().kept();
        return http.stream(
                authorized(request, call.key()), () -> new ResponsesReader(http.failures(), kept, Optional.empty()));
    }

    @Override
    public Optional<PassThrough> passThrough() {
        return Optional.of(new PassThrough(
                Dialect.RESPONSES,
                http,
                key -> Authorization.oauth2(key.value()),
                usageAdded -> new PassedResponses(http.failures())));
    }

    @Override
    public CompletionStage<Done> abandon(Optional<ApiKey> key, String position) {
        return Place.parse(position)
                .map(place -> http.send(
                        authorized(
                                HttpRequest.POST(http.path("/responses/" + place.response() + "/cancel"))
                                        .withEntity(ContentTypes.APPLICATION_JSON, new byte[0]),
                                key),
                        ABANDON_LIMIT))
                .orElseGet(() -> CompletableFuture.completedFuture(Done.getInstance()));
    }

    private Source<ModelEvent, CompletionStage<Done>> reattach(ProviderCall call, Place place) {
        HttpRequest request = HttpRequest.GET(
                http.path("/responses/%s?stream=true&starting_after=%d".formatted(place.response(), place.sequence())));
        ModelException forgotten = http.failures().malformed("the provider has forgotten the answer", true);
        return http.stream(
                        authorized(request, call.key()),
                        () -> new ResponsesReader(http.failures(), true, Optional.of(place)),
                        refused -> GONE.contains(refused.status()) ? forgotten : http.failureIn(refused))
                .recoverWithRetries(
                        1,
                        new PFBuilder<Throwable, Graph<SourceShape<ModelEvent>, NotUsed>>()
                                .match(
                                        ModelException.class,
                                        failure -> failure == forgotten,
                                        failure -> Source.<ModelEvent>single(new ModelEvent.Forgotten()))
                                .build());
    }

    private static HttpRequest authorized(HttpRequest request, Optional<ApiKey> key) {
        return key.map(secret -> request.addHeader(Authorization.oauth2(secret.value())))
                .orElse(request);
    }

    private static Source<ModelEvent, CompletionStage<Done>> nothingLeft(Source<ModelEvent, ?> source) {
        return source.mapMaterializedValue(started -> CompletableFuture.completedFuture(Done.getInstance()));
    }
}
