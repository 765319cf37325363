package dev.baton.gateway.bridge;

import akka.Done;
import akka.http.javadsl.model.HttpResponse;
import dev.baton.runner.model.ModelException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A request that is passed on. */
public interface Relay {

    /**
     * What its client is answered: what the provider said, also when it refused the request for what stands in it. Fails
     * with a {@link ModelException} when there is no such answer.
     */
    CompletionStage<HttpResponse> answer();

    /** Completes when nothing happens any more. */
    CompletionStage<Done> over();

    /** Nobody waits for it any more. Harmless again, when it is over, and from any thread. */
    void giveUp(ModelException why);

    /** One that is refused before anything was done. */
    static Relay refused(ModelException why) {
        return new Relay() {
            @Override
            public CompletionStage<HttpResponse> answer() {
                return CompletableFuture.failedFuture(why);
            }

            @Override
            public CompletionStage<Done> over() {
                return CompletableFuture.completedFuture(Done.getInstance());
            }

            @Override
            public void giveUp(ModelException harmless) {
                // It is over.
            }
        };
    }
}
