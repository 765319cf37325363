package dev.baton.gateway.http;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.ExceptionHandler;
import akka.http.javadsl.server.MethodRejection;
import akka.http.javadsl.server.Rejection;
import akka.http.javadsl.server.RejectionHandler;
import akka.http.javadsl.server.Route;
import dev.baton.gateway.auth.Callers;
import dev.baton.gateway.auth.Origins;
import dev.baton.persistence.chat.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The whole HTTP server: the endpoints of the API, then other routes, and problem details for the rest. */
public final class Api extends AllDirectives {
    static final String PREFIX = "/api/v1";
    private static final List<String> PREFIX_SEGMENTS = List.of("api", "v1");

    private final List<Endpoint> endpoints;
    private final Router api;
    private final Router root;
    private final Problems problems;
    private final List<Route> others;

    /** {@code others}: routes that get what is not the API's, in this order. */
    public Api(ApiParts parts, Callers callers, ActorSystem<?> system, ApiSettings settings, List<Route> others) {
        var chats = new ChatAccess(parts.chats(), settings.answerLimit(), parts.readiness());
        var node = new NodeEndpoints(parts.models(), parts.readiness());
        endpoints = Stream.of(
                        new ChatEndpoints(chats, parts.models(), parts.readiness(), parts.ids()).all(),
                        new ListEndpoint(parts.list(), parts.readiness()).all(),
                        new MessageEndpoints(chats, parts.models(), parts.readiness()).all(),
                        new DiagnosisEndpoint(chats, parts.runners(), system, parts.here(), parts.clock()).all(),
                        new StreamEndpoints(chats, parts.sockets(), new Origins(settings.allowedOrigins())).all(),
                        new ClusterEndpoints(parts.cluster()).all(),
                        new TakeoverEndpoint(parts.takeovers(), parts.readiness()).all(),
                        new TokenEndpoints(parts.tokens(), parts.readiness(), parts.clock()).all(),
                        new ProviderEndpoints(parts.providers()).all(),
                        new LedgerEndpoints(parts.ledger(), chats, parts.readiness()).all(),
                        new BudgetEndpoints(parts.budgets(), parts.readiness()).all(),
                        node.all())
                .flatMap(List::stream)
                .toList();
        problems = new Problems(settings.retryAfter());
        var atRoot = Stream.concat(node.health().stream(), new MetricsEndpoint(parts.metrics()).all().stream())
                .toList();
        api = new Router(endpoints, callers, problems, system, settings, new RequestMeter(parts.meters(), PREFIX));
        root = new Router(atRoot, callers, problems, system, settings, new RequestMeter(parts.meters(), ""));
        this.others = List.copyOf(others);
    }

    /** All endpoints under {@value #PREFIX}. */
    List<Endpoint> endpoints() {
        return endpoints;
    }

    /** Complete: it answers every request. */
    public Route route() {
        var all = new ArrayList<Route>();
        all.add(extractRequest(this::own));
        all.addAll(others);
        return concat(reject(), all.toArray(new Route[0])).seal(rejections(), exceptions());
    }

    private Route own(HttpRequest request) {
        List<String> path = segments(request);
        if (startsWith(path, PREFIX_SEGMENTS)) {
            return answer(api.handle(request, path.subList(PREFIX_SEGMENTS.size(), path.size())));
        }
        boolean atRoot = startsWith(path, List.of("health")) || path.equals(List.of("metrics"));
        return atRoot ? answer(root.handle(request, path)) : reject();
    }

    private Route answer(CompletionStage<HttpResponse> response) {
        return onComplete(response, result -> complete(result.get()));
    }

    private static List<String> segments(HttpRequest request) {
        return StreamSupport.stream(request.getUri().pathSegments().spliterator(), false)
                .toList();
    }

    private static boolean startsWith(List<String> path, List<String> prefix) {
        return path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
    }

    private RejectionHandler rejections() {
        return RejectionHandler.newBuilder()
                .handleNotFound(extractRequest(request -> complete(problems.of(
                        ErrorCode.ROUTE_NOT_FOUND,
                        "there is nothing at " + request.getUri().getPathString(),
                        null))))
                .handle(
                        MethodRejection.class,
                        rejection -> complete(problems.of(
                                ErrorCode.METHOD_NOT_ALLOWED,
                                "this method is not allowed here; %s is"
                                        .formatted(rejection.supported().name()),
                                null)))
                .handle(
                        Rejection.class,
                        rejection -> complete(problems.of(ErrorCode.REQUEST_INVALID, rejection.toString(), null)))
                .build();
    }

    private ExceptionHandler exceptions() {
        return ExceptionHandler.newBuilder()
                .matchAny(failure -> extractRequest(request -> complete(problems.of(
                        failure,
                        request.method().name() + " " + request.getUri().getPathString(),
                        null))))
                .build();
    }
}
