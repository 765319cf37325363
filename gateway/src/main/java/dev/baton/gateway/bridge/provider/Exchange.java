package dev.baton.gateway.bridge.provider;

import akka.Done;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One request to a provider and its answer. When the answer was read to its end its connection is kept for another; ended
 * in any other way the exchange ends its connection, so that the provider learns of it at once.
 *
 * <p>Safe from any thread.
 */
public final class Exchange {
    private final Connections connections;
    private final HttpRequest request;
    private final CompletableFuture<HttpResponse> response = new CompletableFuture<>();
    private final CompletableFuture<Done> gone = new CompletableFuture<>();
    private @Nullable KeptConnection connection;
    private boolean over;

    /** Where connections come from and go to. */
    interface Connections {
        /** One that was kept, if there is any. */
        @Nullable
        KeptConnection take();

        KeptConnection open();

        void keep(KeptConnection connection);
    }

    private Exchange(Connections connections, HttpRequest request) {
        this.connections = connections;
        this.request = request;
    }

    static Exchange begin(Connections connections, HttpRequest request) {
        var exchange = new Exchange(connections, request);
        exchange.ask();
        return exchange;
    }

    /** The head of the answer; its body has to be read, or the exchange ended. Fails when there is no answer. */
    public CompletionStage<HttpResponse> response() {
        return response;
    }

    /** Completes when the connection is kept or both of its directions have ended. */
    public CompletionStage<Done> gone() {
        return gone;
    }

    private void ask() {
        KeptConnection before = connections.take();
        send(before == null ? connections.open() : before).whenComplete((answer, failure) -> {
            if (failure == null) {
                answered(answer);
            } else if (before == null) {
                response.completeExceptionally(failure);
            } else {
                askAnew();
            }
        });
    }

    /** What was kept was closed just as the request came: no byte of an answer did. */
    private void askAnew() {
        openAnother()
                .ifPresentOrElse(
                        another -> another.send(request).whenComplete((answer, failure) -> {
                            if (failure == null) {
                                answered(answer);
                            } else {
                                response.completeExceptionally(failure);
                            }
                        }),
                        () -> response.completeExceptionally(new ConnectionEnded()));
    }

    private synchronized CompletionStage<HttpResponse> send(KeptConnection on) {
        connection = on;
        return on.send(request);
    }

    /** None when nobody waits for the answer any more. */
    private synchronized Optional<KeptConnection> openAnother() {
        if (over) {
            return Optional.empty();
        }
        KeptConnection another = connections.open();
        connection = another;
        return Optional.of(another);
    }

    private void answered(HttpResponse answer) {
        if (answer.entity().isStrict()) {
            whole();
            response.complete(answer);
            return;
        }
        response.complete(answer.withEntity(HttpEntities.createCloseDelimited(
                answer.entity().getContentType(),
                answer.entity().withoutSizeLimit().getDataBytes().via(new AtEnd<>(this::whole)))));
    }

    /** All was read: the connection is free. */
    private void whole() {
        KeptConnection used;
        synchronized (this) {
            if (over || connection == null) {
                return;
            }
            over = true;
            used = connection;
        }
        connections.keep(used);
        gone.complete(Done.getInstance());
    }

    /** Nobody waits or reads any more. Harmless again. */
    public void end() {
        KeptConnection used;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            used = connection;
        }
        if (used == null) {
            gone.complete(Done.getInstance());
        } else {
            used.close();
            var unused = used.closed().whenComplete((done, failure) -> gone.complete(Done.getInstance()));
        }
    }
}
