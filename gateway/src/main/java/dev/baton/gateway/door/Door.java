package dev.baton.gateway.door;

import akka.http.javadsl.model.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** What clients of one dialect can ask for. */
public interface Door {

    /** Answers a call, or throws or fails with a {@link Refused} or a chat's refusal. */
    @FunctionalInterface
    interface Handler {
        CompletionStage<HttpResponse> handle(DoorCall call);
    }

    /** {@code path}: below the door's own, with names in braces where values go. */
    record Way(String method, String path, Handler handler) {}

    /** The path that all of its ways begin with. */
    default List<String> prefix() {
        return List.of("v1");
    }

    /** How it words errors. */
    ErrorShape errors();

    List<Way> ways();
}
