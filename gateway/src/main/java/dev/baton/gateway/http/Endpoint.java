package dev.baton.gateway.http;

import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpResponse;
import java.util.concurrent.CompletionStage;

/** One thing that clients can do: a method, a path, who may, and what answers it. Users may unless it says otherwise. */
record Endpoint(HttpMethod method, PathTemplate path, Access access, Handler handler) {

    /** Answers a call, or throws or fails with what {@link Problems} can tell. */
    @FunctionalInterface
    interface Handler {
        CompletionStage<HttpResponse> handle(Call call);
    }

    static Endpoint get(String path, Handler handler) {
        return new Endpoint(HttpMethods.GET, PathTemplate.of(path), Access.USERS, handler);
    }

    static Endpoint post(String path, Handler handler) {
        return new Endpoint(HttpMethods.POST, PathTemplate.of(path), Access.USERS, handler);
    }

    static Endpoint put(String path, Handler handler) {
        return new Endpoint(HttpMethods.PUT, PathTemplate.of(path), Access.USERS, handler);
    }

    static Endpoint patch(String path, Handler handler) {
        return new Endpoint(HttpMethods.PATCH, PathTemplate.of(path), Access.USERS, handler);
    }

    static Endpoint delete(String path, Handler handler) {
        return new Endpoint(HttpMethods.DELETE, PathTemplate.of(path), Access.USERS, handler);
    }

    Endpoint forEverybody() {
        return new Endpoint(method, path, Access.EVERYBODY, handler);
    }

    Endpoint forOperators() {
        return new Endpoint(method, path, Access.OPERATORS, handler);
    }
}
