package dev.baton.gateway.auth;

import akka.http.javadsl.model.AttributeKey;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Who is at the other end of one connection: found out once, and only when it matters. */
public final class Peer {
    /** Requests of a connection carry its peer. */
    public static final AttributeKey<Peer> KEY = AttributeKey.create("baton-peer", Peer.class);

    private final CompletionStage<InetSocketAddress> server;
    private @Nullable CompletionStage<Boolean> own;

    /** {@code server}: where this connection was accepted. */
    public Peer(CompletionStage<InetSocketAddress> server) {
        this.server = server;
    }

    /** Whether it is the user of this process, on this machine. */
    synchronized CompletionStage<Boolean> isOwn(InetSocketAddress client, ConnectionUsers users, Executor blocking) {
        if (own == null) {
            own = client.getAddress() == null || !client.getAddress().isLoopbackAddress()
                    ? CompletableFuture.completedFuture(false)
                    : server.thenApplyAsync(here -> users.isOwn(client, here), blocking);
        }
        return own;
    }
}
