package dev.baton.gateway.bridge.provider;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import akka.util.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes requests in the provider's own dialect, and answers as the provider does. {@code credential}: how the provider is
 * shown a key; {@code readers}: reads one answer along, which tells its usage only because that was asked for here, or not.
 */
public record PassThrough(
        Dialect dialect,
        ProviderHttp http,
        Function<ApiKey, HttpHeader> credential,
        Function<Boolean, PassedReader> readers) {

    /**
     * {@code below}: what comes after the dialect's path; {@code key}: empty where the provider wants none; {@code
     * usageAdded}: it asks for what its client did not ask for.
     */
    public record Request(
            String below, ByteString body, List<HttpHeader> headers, Optional<ApiKey> key, boolean usageAdded) {}

    /** Sends {@code request} at once. */
    public Exchange send(Request request) {
        var headers = new ArrayList<>(request.headers());
        request.key().map(credential).ifPresent(headers::add);
        return http.exchange(HttpRequest.POST(http.path(dialect.path() + request.below()))
                .withHeaders(headers)
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, request.body())));
    }
}
