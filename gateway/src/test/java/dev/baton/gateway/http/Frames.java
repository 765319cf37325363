package dev.baton.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client that reads text frames. */
final class Frames implements WebSocket.Listener, LiveClient {
    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    Frames(ApiScene scene, String path, String... headers) {
        socket = open(scene, path, this, headers).join();
    }

    private static CompletableFuture<WebSocket> open(
            ApiScene scene, String path, WebSocket.Listener listener, String... headers) {
        WebSocket.Builder builder = scene.client.newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        return builder.buildAsync(URI.create("ws://127.0.0.1:" + scene.port() + "/api/v1" + path), listener)
                .orTimeout(10, TimeUnit.SECONDS);
    }

    /** The status with which the upgrade is refused. */
    static int refusal(ApiScene scene, String path, String... headers) {
        Throwable failure = open(scene, path, new WebSocket.Listener() {}, headers)
                .handle((opened, refused) -> refused.getCause())
                .join();
        return ((WebSocketHandshakeException) failure).getResponse().statusCode();
    }

    /** Says so much at once; the answer is when it is sent. */
    CompletableFuture<WebSocket> say(String text) {
        return socket.sendText(text, true);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence piece, boolean last) {
        text.append(piece);
        if (last) {
            frames.add(ApiScene.json(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public boolean endsProperly() {
        return closeCode() == WebSocket.NORMAL_CLOSURE;
    }

    @Override
    public JsonNode next() throws InterruptedException {
        JsonNode frame = frames.poll(10, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("no frame came");
        }
        return frame;
    }

    int closeCode() {
        return closed.orTimeout(10, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
    }
}
