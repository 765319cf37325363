package dev.baton.gateway.auth;

import akka.http.javadsl.model.HttpRequest;
import java.util.concurrent.CompletionStage;

/** Says who sends a request. Never blocks; what it has to ask has a deadline. */
@FunctionalInterface
public interface Callers {

    /**
     * Fails with a {@link dev.baton.persistence.chat.ChatException}: {@code UNAUTHENTICATED} when it cannot be told, of the
     * kind FORBIDDEN when it is told and may not ask at all.
     */
    CompletionStage<Caller> of(HttpRequest request);
}
