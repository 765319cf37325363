package dev.baton.gateway.bridge.provider;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaRanges;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.Accept;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** What all dialects share: asks one provider over HTTP and reads its streams and errors. */
public final class ProviderHttp {
    private static final int MAX_ERROR_BODY = 64 * 1024;
    private static final Duration MAX_ERROR_WAIT = Duration.ofSeconds(5);

    private final ActorSystem<?> system;
    private final URI baseUrl;
    private final ProviderConnections connections;
    private final ProviderFailures failures;
    private final Duration silenceTimeout;
    private final Clock clock;

    /** {@code keys}: what must never be shown. */
    public record Place(String name, URI baseUrl, List<ApiKey> keys) {}

    public ProviderHttp(
            ActorSystem<?> system,
            Place place,
            SSLContext tls,
            Duration connectTimeout,
            Duration silenceTimeout,
            Clock clock) {
        this.system = system;
        this.baseUrl = place.baseUrl();
        this.connections = new ProviderConnections(system, place.baseUrl(), tls, connectTimeout);
        this.failures = new ProviderFailures(place.name(), place.keys());
        this.silenceTimeout = silenceTimeout;
        this.clock = clock;
    }

    /** Closes what is kept for further calls; completes when it is closed. Calls under way go on. Harmless again. */
    public CompletionStage<Done> close() {
        return connections.close();
    }

    public ProviderFailures failures() {
        return failures;
    }

    /** The path of {@code below} the base URL, as a request names it. */
    public String path(String below) {
        return baseUrl.getRawPath() + below;
    }

    /** How long nothing may be heard of an answer. */
    public Duration silenceTimeout() {
        return silenceTimeout;
    }

    /** Sends {@code request} at once; what comes back is the caller's to read. */
    public Exchange exchange(HttpRequest request) {
        return connections.exchange(request);
    }

    /** The answer to {@code request}, which {@code reader} reads. */
    public Source<ModelEvent, CompletionStage<Done>> stream(HttpRequest request, Supplier<EventReader> reader) {
        return stream(request, reader, this::failureIn);
    }

    /** The same; {@code refusal}: what an error instead of an answer means. */
    public Source<ModelEvent, CompletionStage<Done>> stream(
            HttpRequest request, Supplier<EventReader> reader, Function<Refused, ModelException> refusal) {
        HttpRequest asking = request.addHeader(Accept.create(MediaRanges.create(MediaTypes.TEXT_EVENT_STREAM)));
        return connections
                .ask(asking, response -> answerBytes(response, refusal))
                .via(new AnswerStage(() -> new AnswerDecoder(failures, reader.get()), failures, silenceTimeout));
    }

    /** An error instead of an answer. */
    public record Refused(HttpResponse response, String body) {
        public int status() {
            return response.status().intValue();
        }
    }

    /** A call that cannot even be put into words of the dialect. */
    public Source<ModelEvent, CompletionStage<Done>> unsendable(RuntimeException reason) {
        ModelException failure = failures.unsendable(String.valueOf(reason.getMessage()));
        return Source.<ModelEvent>failed(failure)
                .mapMaterializedValue(started -> CompletableFuture.completedFuture(Done.getInstance()));
    }

    /** Sends {@code request}; what comes back does not matter. Ends within {@code limit}. */
    public CompletionStage<Done> send(HttpRequest request, Duration limit) {
        return connections
                .ask(
                        request,
                        response -> response.entity()
                                .withoutSizeLimit()
                                .getDataBytes()
                                .take(1))
                .completionTimeout(limit)
                .toMat(Sink.ignore(), (gone, done) -> gone)
                .run(system);
    }

    /** Reads the error that came instead of an answer, as far as it is of interest. */
    public CompletionStage<Refused> refused(HttpResponse response) {
        return errorBody(response.entity().withoutSizeLimit().getDataBytes())
                .map(read -> new Refused(response, read.utf8String()))
                .runWith(Sink.head(), system);
    }

    private static Source<ByteString, Object> errorBody(Source<ByteString, Object> bytes) {
        return bytes.recoverWithRetries(1, Throwable.class, Source::empty)
                .scan(ByteString.emptyByteString(), ByteString::concat)
                .takeWhile(read -> read.size() < MAX_ERROR_BODY, true)
                .takeWithin(MAX_ERROR_WAIT)
                .fold(ByteString.emptyByteString(), (before, read) -> read)
                .map(read -> read.take(MAX_ERROR_BODY));
    }

    /** The bytes of an answer; an error instead of one fails with what it means. */
    private Source<ByteString, ?> answerBytes(HttpResponse response, Function<Refused, ModelException> refusal) {
        Source<ByteString, Object> bytes = response.entity().withoutSizeLimit().getDataBytes();
        boolean json = response.entity().getContentType().mediaType().subType().equals("json");
        if (response.status().isSuccess() && !json) {
            return bytes;
        }
        return errorBody(bytes).map(read -> {
            throw refusal.apply(new Refused(response, read.utf8String()));
        });
    }

    /** What an error means as it stands. */
    public ModelException failureIn(Refused refused) {
        HttpResponse response = refused.response();
        if (response.status().isSuccess()) {
            return Json.parse(refused.body())
                    .flatMap(json -> ProviderError.in(FailureRules.NO_STATUS, json))
                    .map(error -> failures.ofStatus(error.status(), error.text(), null))
                    .orElseGet(() -> failures.malformed("the answer is JSON instead of a stream of events", false));
        }
        ProviderError error = ProviderError.of(refused.status(), refused.body());
        return failures.ofStatus(
                error.status(), error.text(), RetryAfter.of(response, clock).orElse(null));
    }
}
