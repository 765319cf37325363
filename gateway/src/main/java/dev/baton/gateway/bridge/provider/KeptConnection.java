package dev.baton.gateway.bridge.provider;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.stream.BoundedSourceQueue;
import akka.stream.QueueOfferResult;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One connection to a provider. It serves one request after another; the answer to one is read before the next is sent. */
final class KeptConnection {
    private final Wire wire;
    private final BoundedSourceQueue<HttpRequest> requests;
    private final AtomicReference<@Nullable CompletableFuture<HttpResponse>> waiting = new AtomicReference<>();

    /** {@code http}: speaks HTTP over {@code wire}. It is connected at once. */
    KeptConnection(ActorSystem<?> system, Wire wire, Flow<HttpRequest, HttpResponse, ?> http) {
        this.wire = wire;
        // The request side stays open: servers take a half-closed connection for a client that went away.
        var running = Source.<HttpRequest>queue(1)
                .via(http)
                .toMat(Sink.foreach(this::answered), Keep.both())
                .run(system);
        this.requests = running.first();
        var unused = running.second().whenComplete((done, failure) -> ended(failure));
    }

    /** The head of the answer, and a body to be read; fails when there is none. */
    CompletionStage<HttpResponse> send(HttpRequest request) {
        var answer = new CompletableFuture<HttpResponse>();
        waiting.set(answer);
        // What has ended before refuses the offer; what ends from here on finds the answer waiting.
        if (!requests.offer(request).equals(QueueOfferResult.enqueued())) {
            answer.completeExceptionally(new ConnectionEnded());
        }
        return answer;
    }

    private void answered(HttpResponse response) {
        CompletableFuture<HttpResponse> answer = waiting.getAndSet(null);
        if (answer != null) {
            answer.complete(response);
        }
    }

    private void ended(@Nullable Throwable failure) {
        wire.close();
        CompletableFuture<HttpResponse> answer = waiting.getAndSet(null);
        if (answer != null) {
            answer.completeExceptionally(failure == null ? new ConnectionEnded() : failure);
        }
    }

    /** Cuts it, whatever it does. Harmless again. */
    void close() {
        wire.close();
    }

    /** Completes when both of its directions have ended. */
    CompletionStage<Done> closed() {
        return wire.closed();
    }

    boolean isClosed() {
        return wire.closed().toCompletableFuture().isDone();
    }
}
