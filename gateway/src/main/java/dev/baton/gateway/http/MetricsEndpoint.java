package dev.baton.gateway.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.util.ByteString;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** The node's meters as Prometheus reads them, version 0.0.4 of its text format. */
final class MetricsEndpoint {
    private static final ContentType TYPE = ContentTypes.create(
            MediaTypes.customWithFixedCharset("text", "plain", HttpCharsets.UTF_8, Map.of("version", "0.0.4"), false));

    private final Supplier<CompletionStage<String>> page;

    MetricsEndpoint(Supplier<CompletionStage<String>> page) {
        this.page = page;
    }

    List<Endpoint> all() {
        return List.of(Endpoint.get("/metrics", this::metrics).forOperators());
    }

    private CompletionStage<HttpResponse> metrics(Call call) {
        return page.get()
                .thenApply(text ->
                        HttpResponse.create().withEntity(HttpEntities.create(TYPE, ByteString.fromString(text))));
    }
}
