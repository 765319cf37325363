package dev.baton.gateway.bridge.provider;

import akka.Done;
import akka.NotUsed;
import akka.actor.Cancellable;
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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.DurationConverters;

/**
 * The connections to one provider. Each serves one call at a time. When its answer was read to the end a connection is
 * kept for the next call, which it saves the handshakes; a call that ends in any other way ends its connection, so that
 * the provider learns of it at once.
 *
 * <p>The provider may close what is kept whenever it likes. When it does so just as a request comes, no byte of an answer
 * does, and the request goes out once more on a new connection.
 */
final class ProviderConnections implements Exchange.Connections {
    private static final int MOST_KEPT = 32;
    private static final Duration KEPT_FOR = Duration.ofSeconds(30);

    private final ActorSystem<?> system;
    private final URI url;
    private final SSLContext tls;
    private final ClientConnectionSettings settings;
    private final Host host;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private boolean closed;

    private record Kept(KeptConnection connection, Cancellable end) {}

    /** {@code tls}: whom to trust when the URL is https. */
    ProviderConnections(ActorSystem<?> system, URI url, SSLContext tls, Duration connectTimeout) {
        this.system = system;
        this.url = url;
        this.tls = tls;
        this.host = host(url);
        ClientConnectionSettings defaults = ClientConnectionSettings.create(system.classicSystem());
        // Silence is measured on what the model says; a second clock on the bytes could only contradict it.
        this.settings = defaults.withConnectingTimeout(DurationConverters.toScala(connectTimeout))
                .withIdleTimeout(scala.concurrent.duration.Duration.Inf())
                .withStreamCancellationDelay(DurationConverters.toScala(Duration.ZERO))
                .withUserAgentHeader(Optional.empty())
                .withParserSettings(defaults.getParserSettings().withIllegalHeaderWarnings(false));
    }

    /**
     * The bytes that {@code body} takes from the response to {@code request}. The materialized value completes when the
     * connection is kept or both of its directions have ended.
     */
    Source<ByteString, CompletionStage<Done>> ask(
            HttpRequest request, Function<HttpResponse, Source<ByteString, ?>> body) {
        return Source.fromMaterializer((materializer, attributes) -> {
                    Exchange exchange = exchange(request);
                    CompletionStage<Source<ByteString, NotUsed>> bytes = exchange.response()
                            .thenApply(response ->
                                    body.apply(response).mapMaterializedValue(started -> NotUsed.getInstance()));
                    return Source.completionStageSource(bytes).watchTermination((started, ended) -> {
                        var unused = ended.whenComplete((done, failure) -> exchange.end());
                        return exchange.gone();
                    });
                })
                .mapMaterializedValue(started -> started.thenCompose(gone -> gone));
    }

    /** Sends {@code request} at once. */
    Exchange exchange(HttpRequest request) {
        return Exchange.begin(this, request.addHeader(host));
    }

    /** Closes what is kept and keeps nothing any more; completes when that is closed. Harmless again. */
    CompletionStage<Done> close() {
        List<Kept> all;
        synchronized (kept) {
            closed = true;
            all = new ArrayList<>(kept);
            kept.clear();
        }
        all.forEach(each -> {
            each.end().cancel();
            each.connection().close();
        });
        return CompletableFuture.allOf(all.stream()
                        .map(each -> each.connection().closed().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .thenApply(ended -> Done.getInstance());
    }

    @Override
    public KeptConnection open() {
        var wire = new Wire(isTls() ? Optional.of(tls) : Optional.empty());
        // The wire does TLS itself, so to the HTTP layer every connection is plain.
        return new KeptConnection(
                system,
                wire,
                Http.get(system)
                        .connectionTo(url.getHost())
                        .toPort(port())
                        .withClientConnectionSettings(settings.withTransport(wire))
                        .http());
    }

    /** The one that was used last, since it is the least likely to be closed by now. */
    @Override
    public @Nullable KeptConnection take() {
        synchronized (kept) {
            while (!kept.isEmpty()) {
                Kept last = kept.removeLast();
                last.end().cancel();
                if (!last.connection().isClosed()) {
                    return last.connection();
                }
            }
            return null;
        }
    }

    @Override
    public void keep(KeptConnection connection) {
        synchronized (kept) {
            if (!closed && kept.size() < MOST_KEPT && !connection.isClosed()) {
                Cancellable end =
                        system.scheduler().scheduleOnce(KEPT_FOR, () -> drop(connection), system.executionContext());
                kept.addLast(new Kept(connection, end));
                return;
            }
        }
        connection.close();
    }

    private void drop(KeptConnection connection) {
        synchronized (kept) {
            if (!kept.removeIf(each -> each.connection() == connection)) {
                return;
            }
        }
        connection.close();
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

    private static Host host(URI url) {
        return url.getPort() < 0 ? Host.create(url.getHost()) : Host.create(url.getHost(), url.getPort());
    }
}
