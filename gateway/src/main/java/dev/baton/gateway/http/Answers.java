package dev.baton.gateway.http;

import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.StatusCode;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.CacheControl;
import akka.http.javadsl.model.headers.CacheDirectives;
import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.json.Json;

/** JSON as a response. What it says is so only now, so nobody may keep it. */
final class Answers {

    private Answers() {}

    static HttpResponse ok(JsonNode json) {
        return json(StatusCodes.OK, json);
    }

    static HttpResponse created(JsonNode json) {
        return json(StatusCodes.CREATED, json);
    }

    /** It has begun, and is not done yet. */
    static HttpResponse accepted(JsonNode json) {
        return json(StatusCodes.ACCEPTED, json);
    }

    private static HttpResponse json(StatusCode status, JsonNode json) {
        return HttpResponse.create()
                .withStatus(status)
                .addHeader(CacheControl.create(CacheDirectives.NO_STORE))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.text(json)));
    }
}
