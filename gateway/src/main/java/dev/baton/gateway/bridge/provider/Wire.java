package dev.baton.gateway.bridge.provider;

import akka.Done;
import akka.NotUsed;
import akka.actor.ActorSystem;
import akka.http.javadsl.ClientTransport;
import akka.http.javadsl.OutgoingConnection;
import akka.http.javadsl.settings.ClientConnectionSettings;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.TLSClosing;
import akka.stream.TLSProtocol;
import akka.stream.javadsl.BidiFlow;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.TLS;
import akka.util.ByteString;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

/**
 * The TCP connection of one call, with TLS where it is wanted.
 *
 * <p>It makes up for three habits of the HTTP layer: a cancelled response lingers there, so the connection is cut below
 * of it; nobody learns when the socket is gone, so both directions are watched; and a connection that fails is taken for
 * cancelled when that word comes first, so only the failure is let through.
 */
final class Wire extends ClientTransport {
    private final Optional<SSLContext> tls;
    private final SharedKillSwitch cutter = KillSwitches.shared("provider-connection");
    private final CompletableFuture<Done> writing = new CompletableFuture<>();
    private final CompletableFuture<Done> reading = new CompletableFuture<>();

    /** Carries one connection; {@code tls} is empty when it is to be plain. */
    Wire(Optional<SSLContext> tls) {
        this.tls = tls;
    }

    void close() {
        cutter.shutdown();
    }

    /** Completes when both directions of the connection have ended. */
    CompletionStage<Done> closed() {
        return writing.thenCombine(reading, (written, read) -> Done.getInstance());
    }

    @Override
    public Flow<ByteString, ByteString, CompletionStage<OutgoingConnection>> connectTo(
            String host, int port, ClientConnectionSettings settings, ActorSystem system) {
        var connection = Flow.<ByteString>create()
                .via(cutter.flow())
                .watchTermination((started, ended) -> observed(writing, ended))
                .viaMat(ClientTransport.TCP().connectTo(host, port, settings, system), Keep.right())
                .watchTermination((connected, ended) -> {
                    observed(reading, ended);
                    return connected;
                })
                .via(cutter.flow());
        return Flow.<ByteString>create()
                .via(cutter.flow())
                .via(new IgnoreCancel<>())
                .viaMat(
                        tls.map(context -> secured(connection, context, host, port))
                                .orElse(connection),
                        Keep.right());
    }

    private static <M> Flow<ByteString, ByteString, M> secured(
            Flow<ByteString, ByteString, M> connection, SSLContext context, String host, int port) {
        BidiFlow<TLSProtocol.SslTlsOutbound, ByteString, ByteString, TLSProtocol.SslTlsInbound, NotUsed> layer =
                TLS.create(() -> engine(context, host, port), TLSClosing.eagerClose());
        return Flow.<ByteString>create()
                .<TLSProtocol.SslTlsOutbound>map(TLSProtocol.SendBytes::new)
                .viaMat(layer.join(connection, Keep.right()), Keep.right())
                .map(inbound -> inbound instanceof TLSProtocol.SessionBytes session
                        ? session.bytes()
                        : ByteString.emptyByteString())
                .filter(ByteString::nonEmpty);
    }

    /** Checks that the certificate is for {@code host}, which a bare engine does not. */
    private static SSLEngine engine(SSLContext context, String host, int port) {
        SSLEngine engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static NotUsed observed(CompletableFuture<Done> direction, CompletionStage<Done> ended) {
        var unused = ended.whenComplete((done, failure) -> direction.complete(Done.getInstance()));
        return NotUsed.getInstance();
    }
}
