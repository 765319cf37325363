package dev.baton.gateway.http;

import akka.Done;
import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.Connection;
import akka.http.javadsl.server.Route;
import akka.http.javadsl.settings.ServerSettings;
import akka.japi.function.Function;
import akka.stream.javadsl.Flow;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's port and the connections to it. Akka HTTP's own way to end connections resets those that have no request under
 * way, and with them what their clients have not read yet; here they are closed when all is flushed.
 */
public final class HttpServer {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final int NAMES_IN_LOG = 20;
    /** The request that is being answered and what comes behind it, so that the end of a connection is seen. */
    private static final int READ_AHEAD = 2;

    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final ActorSystem<?> system;
    private final ServerBinding binding;
    private final Connections connections;
    private final LastAnswers last;

    private HttpServer(ActorSystem<?> system, ServerBinding binding, Connections connections, LastAnswers last) {
        this.system = system;
        this.binding = binding;
        this.connections = connections;
        this.last = last;
    }

    /** Says with each answer, once it is told to, that the connection ends with it. */
    private static final class LastAnswers {
        private volatile boolean begun;

        HttpResponse mark(HttpResponse response) {
            return begun && !response.status().equals(StatusCodes.SWITCHING_PROTOCOLS)
                    ? response.addHeader(Connection.create("close"))
                    : response;
        }
    }

    /** Takes requests for {@code route}; fails when the port cannot be had. */
    public static CompletionStage<HttpServer> listen(ActorSystem<?> system, String host, int port, Route route) {
        var connections = new Connections();
        var last = new LastAnswers();
        var here = new CompletableFuture<InetSocketAddress>();
        Function<HttpRequest, CompletionStage<HttpResponse>> handler = route.handler(system);
        return Http.get(system)
                .newServerAt(host, port)
                .withSettings(ServerSettings.create(system.classicSystem()).withPipeliningLimit(READ_AHEAD))
                .bindFlow(Flow.fromGraph(new ConnectionGate(connections, here))
                        .mapAsync(1, request -> handler.apply(request).thenApply(last::mark)))
                .thenApply(binding -> {
                    here.complete(binding.localAddress());
                    return new HttpServer(system, binding, connections, last);
                });
    }

    public InetSocketAddress address() {
        return binding.localAddress();
    }

    /**
     * Something in this process counts as an open connection, called {@code name}, until what is returned is run. It has to
     * be closed before the drain, which otherwise waits for its whole limit.
     */
    public Runnable hold(String name) {
        var held = new Held(name);
        connections.opened(held);
        return () -> connections.closed(held);
    }

    /** Compared by identity: two of one name are two. */
    private static final class Held implements Connections.Connection {
        private final String name;

        Held(String name) {
            this.name = name;
        }

        @Override
        public void leave() {
            // It leaves when its owner closes it.
        }

        @Override
        public String name() {
            return name;
        }
    }

    /** From now on each answer is the last of its connection, so that clients ask elsewhere next. */
    public void sayGoodbye() {
        last.begun = true;
    }

    /** No new connections, and those close that wait for a request; the others when they are answered. */
    public CompletionStage<Done> unbind() {
        sayGoodbye();
        var unused = connections.leave();
        return binding.unbind();
    }

    /**
     * Completes when every connection is flushed and closed; those left at {@code limit} are named in the log and cut.
     * Harmless again and from several threads.
     */
    public CompletionStage<Done> drain(Duration limit) {
        Cancellable atLimit = system.scheduler().scheduleOnce(limit, () -> cut(limit), system.executionContext());
        return connections
                .leave()
                .whenComplete((done, failure) -> atLimit.cancel())
                .thenCompose(done -> binding.terminate(AT_ONCE))
                .thenApply(ended -> Done.getInstance());
    }

    private void cut(Duration limit) {
        if (connections.count() > 0) {
            LOG.warn("connections left after {}, cut now: {}", limit, open());
        }
        var unused = binding.terminate(AT_ONCE).whenComplete((ended, failure) -> connections.giveUp());
    }

    /** How many connections there are and what they were last asked for, in words for people. */
    public String open() {
        return "%d connections %s".formatted(connections.count(), connections.names(NAMES_IN_LOG));
    }
}
