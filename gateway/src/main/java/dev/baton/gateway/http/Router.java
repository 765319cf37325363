package dev.baton.gateway.http;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpMethod;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import dev.baton.gateway.auth.Caller;
import dev.baton.gateway.auth.Callers;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Finds the endpoint for a request, and makes a problem of whatever goes wrong in it. */
final class Router {
    private final List<Endpoint> endpoints;
    private final Callers callers;
    private final Problems problems;
    private final ActorSystem<?> system;
    private final ApiSettings settings;
    private final RequestMeter meter;

    Router(
            List<Endpoint> endpoints,
            Callers callers,
            Problems problems,
            ActorSystem<?> system,
            ApiSettings settings,
            RequestMeter meter) {
        this.endpoints = List.copyOf(endpoints);
        this.callers = callers;
        this.problems = problems;
        this.system = system;
        this.settings = settings;
        this.meter = meter;
    }

    /** An endpoint and what the path says. */
    private record Found(Endpoint endpoint, Map<String, String> values) {}

    /** {@code path}: the request's, without the prefix of all endpoints here. Never fails. */
    CompletionStage<HttpResponse> handle(HttpRequest request, List<String> path) {
        Timer.Sample sample = meter.begin();
        List<Found> found = new ArrayList<>();
        endpoints.forEach(
                endpoint -> endpoint.path().match(path).ifPresent(values -> found.add(new Found(endpoint, values))));
        String chat = found.stream()
                .map(each -> each.values().get("chat"))
                .filter(id -> id != null)
                .findFirst()
                .orElse(null);
        String name = request.method().name() + " " + request.getUri().getPathString();
        CompletionStage<HttpResponse> answer;
        try {
            answer = answer(request, found);
        } catch (RuntimeException failure) {
            answer = CompletableFuture.failedFuture(failure);
        }
        Endpoint endpoint = match(request.method(), found).map(Found::endpoint).orElse(null);
        return answer.exceptionally(failure -> problems.of(failure, name, chat)).thenApply(response -> {
            meter.end(sample, endpoint, response);
            return response;
        });
    }

    private static Optional<Found> match(HttpMethod method, List<Found> found) {
        return found.stream()
                .filter(each -> each.endpoint().method().equals(method))
                .findFirst();
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request, List<Found> found) {
        if (found.isEmpty()) {
            throw new ChatException(
                    ErrorCode.ROUTE_NOT_FOUND,
                    "there is nothing at " + request.getUri().getPathString());
        }
        HttpMethod method = request.method();
        Optional<Found> match = match(method, found);
        if (match.isEmpty()) {
            return CompletableFuture.completedFuture(notAllowed(method, found));
        }
        Endpoint endpoint = match.get().endpoint();
        Map<String, String> values = match.get().values();
        return caller(endpoint, request)
                .thenCompose(caller -> endpoint.handler().handle(new Call(request, values, caller, system, settings)));
    }

    /** Who is refused is not read any further. */
    private CompletionStage<Caller> caller(Endpoint endpoint, HttpRequest request) {
        if (endpoint.access() == Access.EVERYBODY) {
            return CompletableFuture.completedFuture(Caller.NOBODY);
        }
        return callers.of(request)
                .thenApply(caller -> {
                    if (endpoint.access() == Access.OPERATORS && !caller.isOperator()) {
                        throw new ChatException(
                                ErrorCode.OPERATOR_REQUIRED, "this is for operators, and this token has the role user");
                    }
                    return caller;
                })
                .whenComplete((caller, refused) -> {
                    if (refused != null) {
                        request.discardEntityBytes(system);
                    }
                });
    }

    private HttpResponse notAllowed(HttpMethod method, List<Found> found) {
        String allowed = found.stream()
                .map(each -> each.endpoint().method().name())
                .distinct()
                .collect(Collectors.joining(", "));
        return problems.of(
                        ErrorCode.METHOD_NOT_ALLOWED,
                        "%s is not allowed here; %s is".formatted(method.name(), allowed),
                        null)
                .addHeader(RawHeader.create("Allow", allowed));
    }
}
