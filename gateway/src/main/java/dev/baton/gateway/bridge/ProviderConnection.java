package dev.baton.gateway.bridge;

import akka.Done;
import akka.NotUsed;
import akka.actor.ActorSystem;
import akka.http.javadsl.ClientTransport;
import akka.http.javadsl.Http;
import akka.http.javadsl.OutgoingConnection;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.settings.ClientConnectionSettings;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import scala.jdk.javaapi.DurationConverters;

/**
 * Opens one connection to a provider for one call.
 *
 * <p>A pool would save the handshake, but a call in a pool cannot be cancelled before the provider's first byte, and
 * nobody could say when its connection is gone. Here the call's end is the connection's end.
 */
final class ProviderConnection {
    private final akka.actor.typed.ActorSystem<?> system;
    private final URI url;
    private final ClientConnectionSettings settings;

    ProviderConnection(akka.actor.typed.ActorSystem<?> system, URI url, Duration connectTimeout) {
        this.system = system;
        this.url = url;
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
        var wire = new Wire();
        var connection = Http.get(system)
                .connectionTo(url.getHost())
                .toPort(port())
                .withClientConnectionSettings(settings.withTransport(wire));
        // The request side stays open: servers take a half-closed connection for a client that went away.
        Source<HttpRequest, NotUsed> requests = Source.single(request).concat(Source.never());
        return requests.via(isTls() ? connection.https() : connection.http())
                .flatMapConcat(body::apply)
                .watchTermination((started, ended) -> {
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

    /** The TCP connection. The HTTP layer lets a cancelled response linger, so it is cut below of that layer. */
    private static final class Wire extends ClientTransport {
        private final SharedKillSwitch cutter = KillSwitches.shared("provider-connection");
        private final CompletableFuture<Done> writing = new CompletableFuture<>();
        private final CompletableFuture<Done> reading = new CompletableFuture<>();

        void close() {
            cutter.shutdown();
        }

        CompletionStage<Done> closed() {
            return writing.thenCombine(reading, (written, read) -> Done.getInstance());
        }

        @Override
        public Flow<ByteString, ByteString, CompletionStage<OutgoingConnection>> connectTo(
                String host, int port, ClientConnectionSettings settings, ActorSystem system) {
            return Flow.<ByteString>create()
                    .via(cutter.flow())
                    .watchTermination((started, ended) -> completing(writing, ended))
                    .viaMat(ClientTransport.TCP().connectTo(host, port, settings, system), Keep.right())
                    .watchTermination((connection, ended) -> {
                        completing(reading, ended);
                        return connection;
                    })
                    .via(cutter.flow());
        }

        private static NotUsed completing(CompletableFuture<Done> direction, CompletionStage<Done> ended) {
            var unused = ended.whenComplete((done, failure) -> direction.complete(Done.getInstance()));
            return NotUsed.getInstance();
        }
    }
}
