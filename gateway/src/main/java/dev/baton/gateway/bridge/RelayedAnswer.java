package dev.baton.gateway.bridge;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.CacheControl;
import akka.http.javadsl.model.headers.CacheDirectives;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import dev.baton.gateway.bridge.provider.ProviderFailures;
import dev.baton.gateway.bridge.provider.ProviderHttp;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What a client gets to see of a provider's response: the body, and the few headers that are meant for it. */
final class RelayedAnswer {
    private static final Set<String> HEADERS = Set.of(
            "content-encoding",
            "openai-processing-ms",
            "openai-version",
            "request-id",
            "retry-after",
            "retry-after-ms",
            "x-request-id",
            "x-should-retry");
    private static final HttpHeader NO_STORE = CacheControl.create(CacheDirectives.NO_STORE);
    private static final HttpHeader NO_BUFFER = RawHeader.create("X-Accel-Buffering", "no");
    private static final String TARGET = "x-baton-target";

    private RelayedAnswer() {}

    static HttpResponse of(HttpResponse response, ModelTarget target, ByteString body) {
        return HttpResponse.create()
                .withHeaders(headers(response, target))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, body));
    }

    static HttpResponse of(HttpResponse response, ModelTarget target, Source<ByteString, ?> events) {
        List<HttpHeader> headers = headers(response, target);
        headers.add(NO_BUFFER);
        return HttpResponse.create()
                .withHeaders(headers)
                .withEntity(HttpEntities.createChunked(MediaTypes.TEXT_EVENT_STREAM.toContentType(), events));
    }

    private static List<HttpHeader> headers(HttpResponse response, ModelTarget target) {
        List<HttpHeader> headers = meant(response);
        headers.add(RawHeader.create(TARGET, target.name()));
        return headers;
    }

    private static List<HttpHeader> meant(HttpResponse response) {
        var headers = new ArrayList<HttpHeader>();
        headers.add(NO_STORE);
        for (HttpHeader header : response.getHeaders()) {
            if (HEADERS.contains(header.lowercaseName())) {
                headers.add(header);
            }
        }
        return headers;
    }

    /** Whether the one who sent the request can mend it; everything else is between Baton and the provider. */
    static boolean isAboutTheRequest(ProviderHttp.Refused refused, Failure failure) {
        boolean itsKind = failure.kind() == FailureKind.CONFIG
                || failure.kind() == FailureKind.CONTENT_FILTER
                || failure.kind() == FailureKind.GENERIC;
        return itsKind && !failure.retryable() && refused.status() >= 400 && refused.status() < 500;
    }

    /** Secrets stay here, also those that a provider repeats. */
    static HttpResponse inItsWords(ProviderHttp.Refused refused, ProviderFailures failures) {
        return HttpResponse.create()
                .withStatus(StatusCodes.get(refused.status()))
                .withHeaders(meant(refused.response()))
                .withEntity(HttpEntities.create(
                        refused.response().entity().getContentType(),
                        ByteString.fromString(failures.shown(refused.body()))));
    }
}
