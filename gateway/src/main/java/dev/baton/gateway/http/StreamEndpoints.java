package dev.baton.gateway.http;

import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.headers.CacheControl;
import akka.http.javadsl.model.headers.CacheDirectives;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.model.ws.WebSocketUpgrade;
import dev.baton.gateway.auth.Origins;
import dev.baton.gateway.auth.Presented;
import dev.baton.gateway.stream.Socket;
import dev.baton.gateway.stream.Sockets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The live connections: server-sent events, or a WebSocket when the request asks for the upgrade. */
final class StreamEndpoints {
    private final ChatAccess chats;
    private final Sockets sockets;
    private final Origins origins;

    StreamEndpoints(ChatAccess chats, Sockets sockets, Origins origins) {
        this.chats = chats;
        this.sockets = sockets;
        this.origins = origins;
    }

    List<Endpoint> all() {
        return List.of(Endpoint.get("/chats/{chat}/stream", this::follow), Endpoint.get("/watch", this::watch));
    }

    private CompletionStage<HttpResponse> follow(Call call) {
        origins.require(call.request());
        return chats.read(call.caller(), call.chat())
                .thenCompose(state -> sockets.follow(call.caller(), state, after(call)))
                .thenApply(socket -> connected(call.request(), socket));
    }

    private CompletionStage<HttpResponse> watch(Call call) {
        origins.require(call.request());
        return sockets.watch(call.caller(), call.ownerFilter(), after(call))
                .thenApply(socket -> connected(call.request(), socket));
    }

    /** What a browser sends by itself when it comes back is newer than what stands in its address. */
    private static Optional<String> after(Call call) {
        return call.header("Last-Event-ID").filter(id -> !id.isEmpty()).or(() -> call.query("after"));
    }

    /** A browser that offers protocols goes on only when one is taken. */
    private static HttpResponse upgraded(WebSocketUpgrade upgrade, Socket socket) {
        for (String offered : upgrade.getRequestedProtocols()) {
            if (offered.equals(Presented.PROTOCOL)) {
                return upgrade.handleMessagesWith(socket.webSocket(), offered);
            }
        }
        return upgrade.handleMessagesWith(socket.webSocket());
    }

    private static HttpResponse connected(HttpRequest request, Socket socket) {
        return request.getAttribute(AttributeKeys.webSocketUpgrade)
                .map(upgrade -> Upgrades.with(socket.pings(), upgraded(upgrade, socket)))
                .orElseGet(() -> HttpResponse.create()
                        .addHeader(CacheControl.create(CacheDirectives.NO_STORE))
                        .addHeader(RawHeader.create("X-Accel-Buffering", "no"))
                        .withEntity(HttpEntities.createChunked(
                                MediaTypes.TEXT_EVENT_STREAM.toContentType(), socket.eventStream())));
    }
}
