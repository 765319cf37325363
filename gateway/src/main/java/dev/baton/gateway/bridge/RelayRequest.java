package dev.baton.gateway.bridge;

import akka.http.javadsl.model.HttpHeader;
import akka.util.ByteString;
import dev.baton.gateway.bridge.provider.Dialect;
import dev.baton.runner.model.ModelException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A request in the words of {@code dialect} that is passed on to whoever has the model.
 *
 * @param below what comes after the dialect's path
 * @param headers those that concern the provider; nothing else of its client reaches it
 * @param usageAdded the body asks to be told the usage of a stream, which its client did not
 * @param broken the last event of a stream that failed in the middle
 */
public record RelayRequest(
        Client client,
        String model,
        Dialect dialect,
        String below,
        Body body,
        List<HttpHeader> headers,
        boolean usageAdded,
        Function<ModelException, ByteString> broken) {

    public RelayRequest {
        headers = List.copyOf(headers);
    }

    /** Who asks, by which token, and where. */
    public record Client(String owner, String token, String door) {}

    /** What is asked. */
    public interface Body {
        /** What is sent to a target that knows its model as {@code model}. */
        ByteString to(String model);

        /** The last that the user says. */
        Optional<String> prompt();

        /** The most tokens that the answer may have, when it says so. */
        OptionalLong mostOutput();

        int length();
    }
}
