package dev.baton.gateway.bridge;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaRanges;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.Accept;
import akka.http.javadsl.model.headers.Authorization;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelException;
import dev.baton.runner.model.ModelRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;

/** A provider that speaks Chat Completions. Each call has a connection of its own. */
final class OpenAiProvider implements Provider {
    private static final int MAX_ERROR_BODY = 64 * 1024;
    private static final Duration MAX_ERROR_WAIT = Duration.ofSeconds(5);

    private final ProviderSettings provider;
    private final String path;
    private final ProviderConnection connection;
    private final ProviderFailures failures;
    private final Duration silenceTimeout;
    private final Clock clock;

    private OpenAiProvider(
            ProviderSettings provider,
            String path,
            ProviderConnection connection,
            Duration silenceTimeout,
            Clock clock) {
        this.provider = provider;
        this.path = path;
        this.connection = connection;
        this.failures = new ProviderFailures(provider.name(), provider.apiKeys());
        this.silenceTimeout = silenceTimeout;
        this.clock = clock;
    }

    static OpenAiProvider create(
            ActorSystem<?> system, ProviderSettings provider, BridgeSettings bridge, Clock clock, SSLContext tls) {
        var baseUrl = Objects.requireNonNull(provider.baseUrl(), "checked by ProviderSettings");
        return new OpenAiProvider(
                provider,
                baseUrl.getRawPath() + "/chat/completions",
                new ProviderConnection(system, baseUrl, tls, bridge.connectTimeout()),
                bridge.silenceTimeout(),
                clock);
    }

    @Override
    public Source<ModelEvent, CompletionStage<Done>> call(String model, ModelRequest request) {
        ContinueWith way =
                provider.models().getOrDefault(model, ModelSettings.UNKNOWN).continueWith();
        byte[] body;
        try {
            body = CompletionsRequest.bytes(model, request, way);
        } catch (IllegalArgumentException unsendable) {
            ModelException failure = failures.unsendable(String.valueOf(unsendable.getMessage()));
            return Source.<ModelEvent>failed(failure)
                    .mapMaterializedValue(started -> CompletableFuture.completedFuture(Done.getInstance()));
        }
        Source<ModelEvent, CompletionStage<Done>> answer = connection
                .ask(httpRequest(body), this::answerBytes)
                .via(new AnswerStage(
                        () -> new CompletionsDecoder(failures, toolCallIdBase(request)), failures, silenceTimeout));
        if (!way.echoes()) {
            return answer;
        }
        String beginning = SimulatedWishes.textOf(request.said());
        return answer.statefulMapConcat(() -> new EchoedBeginning(beginning)::newIn);
    }

    private HttpRequest httpRequest(byte[] body) {
        HttpRequest request = HttpRequest.POST(path)
                .addHeader(Accept.create(MediaRanges.create(MediaTypes.TEXT_EVENT_STREAM)))
                .withEntity(ContentTypes.APPLICATION_JSON, body);
        return provider.apiKeys().isEmpty()
                ? request
                : request.addHeader(
                        Authorization.oauth2(provider.apiKeys().get(0).value()));
    }

    /** The bytes of an answer; an error instead of one fails with what it means. */
    private Source<ByteString, ?> answerBytes(HttpResponse response) {
        Source<ByteString, Object> bytes = response.entity().withoutSizeLimit().getDataBytes();
        boolean json = response.entity().getContentType().mediaType().subType().equals("json");
        if (response.status().isSuccess() && !json) {
            return bytes;
        }
        return bytes.recoverWithRetries(1, Throwable.class, Source::empty)
                .scan(ByteString.emptyByteString(), ByteString::concat)
                .takeWhile(read -> read.size() < MAX_ERROR_BODY, true)
                .takeWithin(MAX_ERROR_WAIT)
                .fold(ByteString.emptyByteString(), (before, read) -> read)
                .map(read -> {
                    throw failureIn(response, read.take(MAX_ERROR_BODY).utf8String());
                });
    }

    private ModelException failureIn(HttpResponse response, String body) {
        if (response.status().isSuccess()) {
            return Json.parse(body)
                    .flatMap(json -> ProviderError.in(FailureRules.NO_STATUS, json))
                    .map(error -> failures.ofStatus(error.status(), error.text(), null))
                    .orElseGet(() -> failures.malformed("the answer is JSON instead of a stream of events", false));
        }
        ProviderError error = ProviderError.of(response.status().intValue(), body);
        return failures.ofStatus(
                error.status(), error.text(), RetryAfter.of(response, clock).orElse(null));
    }

    /** Ids of calls must differ within a chat; the message that is answered differs for each step. */
    private static String toolCallIdBase(ModelRequest request) {
        int size = request.history().size();
        return "call_" + (size == 0 ? "m0" : request.history().get(size - 1).id());
    }
}
