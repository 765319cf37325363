package dev.baton.gateway.bridge.provider;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.Host;
import akka.http.javadsl.settings.ClientConnectionSettings;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import scala.jdk.javaapi.DurationConverters;

/**
 * Opens one connection to a provider for one call.
 *
 * <p>A pool would save the handshake, but a call in a pool cannot be cancelled before the provider's first byte, and
 * nobody could say when its connection is gone. Here the call's end is the connection's end.
 */
final class ProviderConnection {
    private final ActorSystem<?> system;
    private final URI url;
    private final SSLContext tls;
    private final ClientConnectionSettings settings;

    /** {@code tls}: whom to trust when the URL is https. */
    ProviderConnection(ActorSystem<?> system, URI url, SSLContext tls, Duration connectTimeout) {
        this.system = system;
        this.url = url;
        this.tls = tls;
        ClientConnectionSettings defaults = ClientConnectionSettings.create(system.classicSystem());
        // Silence is measured on what the model says; a second clock on the bytes could only contradict it.
        this.settings = defaults.withConnectingTimeout(DurationConverters.toScala(connectTimeout))
                .withIdleTimeout(scala.concurrent.duration.Duration.Inf())
                .withStreamCancellationDelay(DurationConverters.toScala(Duration.ZERO))
                .withUserAgentHeader(Optional.empty())
                .withParserSettings(defaults.getParserSettings().withIllegalHeaderWarnings(false));
    }

    /**
     * The bytes that {@code body} takes from the response to {@code request}. When they end, for whatever reason, the
     * connection is closed; the materialized value completes when both of its directions have ended.
     */
    Source<ByteString, CompletionStage<Done>> ask(
            HttpRequest request, Function<HttpResponse, Source<ByteString, ?>> body) {
        var wire = new Wire(isTls() ? Optional.of(tls) : Optional.empty());
        // The wire does TLS itself, so to the HTTP layer every connection is plain.
        var connection = Http.get(system)
                .connectionTo(url.getHost())
                .toPort(port())
                .withClientConnectionSettings(settings.withTransport(wire))
                .http();
        // The request side stays open: servers take a half-closed connection for a client that went away.
        Source<HttpRequest, NotUsed> requests =
                Source.single(request.addHeader(host())).concat(Source.never());
        return requests.via(connection).flatMapConcat(body::apply).watchTermination((started, ended) -> {
            var unused = ended.whenComplete((done, failure) -> wire.close());
            return wire.closed();
        });
    }

    private boolean isTls() {
        return "https".equals(url.getScheme());
    }

    private int port() {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return isTls() ? 443 : 80;
    }

    private Host host() {
        return url.getPort() < 0 ? Host.create(url.getHost()) : Host.create(url.getHost(), url.getPort());
    }
}
