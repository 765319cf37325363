package dev.baton.gateway.auth;

import akka.http.javadsl.model.AttributeKeys;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Lets the one who sits at the machine in without a token: programs of the user whom this node runs as, and of pages only
 * those that this node has served. Other users of the machine, other web pages, and whatever a proxy hands on need a token.
 */
final class LocalAccess implements Callers {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** A proxy may say with these for whom it asks; then nobody knows who that is. */
    private static final List<String> OF_PROXIES =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

    private final ConnectionUsers users;
    private final Executor blocking;
    private final Set<String> hosts;
    private final Origins origins;

    /** {@code hosts}: names by which this node may be called besides those of the machine itself. */
    LocalAccess(ConnectionUsers users, Executor blocking, Set<String> hosts, Origins origins) {
        this.users = users;
        this.blocking = blocking;
        this.hosts = Set.copyOf(hosts);
        this.origins = origins;
    }

    @Override
    public CompletionStage<Caller> of(HttpRequest request) {
        requireHost(request);
        origins.require(request);
        origins.requireNoOtherSite(request);
        Optional<Peer> peer = request.getAttribute(Peer.KEY);
        Optional<InetSocketAddress> client = request.getAttribute(AttributeKeys.remoteAddress)
                .flatMap(address -> address.getAddress().map(ip -> new InetSocketAddress(ip, address.getPort())));
        if (peer.isEmpty() || client.isEmpty() || isForwarded(request)) {
            throw refused();
        }
        return peer.get()
                .isOwn(client.get(), users, blocking)
                .thenCompose(own -> own
                        ? CompletableFuture.completedFuture(Caller.LOCAL)
                        : CompletableFuture.failedFuture(refused()));
    }

    private static ChatException refused() {
        return new ChatException(
                ErrorCode.UNAUTHENTICATED,
                "without a token only programs of the user whom this node runs as are let in, and this cannot be told to be"
                        + " one; send Authorization: Bearer with a token, the node's own is in the file local-token of its"
                        + " data directory");
    }

    private static boolean isForwarded(HttpRequest request) {
        return OF_PROXIES.stream().anyMatch(name -> request.getHeader(name).isPresent());
    }

    /** A page of anybody's can have the browser believe that its own name is that of this machine; the browser says the name. */
    private void requireHost(HttpRequest request) {
        String host =
                request.getHeader("Host").map(HttpHeader::value).orElse("").toLowerCase(Locale.ROOT);
        String name = host.replaceFirst(":\\d*$", "");
        if (!LOOPBACK.contains(name) && !hosts.contains(name)) {
            throw new ChatException(
                    ErrorCode.HOST_NOT_ALLOWED,
                    "the request is for the host \"%s\", which is no name of this machine's loopback; without a token it must be, or be named in baton.auth.local-hosts"
                            .formatted(name));
        }
    }
}
