package dev.baton.gateway.door;

import akka.actor.typed.ActorSystem;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.javadsl.server.AllDirectives;
import akka.http.javadsl.server.Route;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.util.ByteString;
import dev.baton.gateway.auth.Callers;
import dev.baton.gateway.http.Problems;
import dev.baton.gateway.http.RequestMeter;
import dev.baton.gateway.json.ChatJson;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.schema.DatabaseException;
import dev.baton.runner.model.ModelException;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything under the paths of doors: finds the way for a request, and words what goes wrong as its dialect does. */
public final class Doors extends AllDirectives {
    private static final Logger LOG = LoggerFactory.getLogger(Doors.class);

    private final List<Door> doors;
    private final Callers callers;
    private final DoorSettings settings;
    private final RequestMeter meter;
    private final ActorSystem<?> system;

    public Doors(List<Door> doors, Callers callers, DoorSettings settings, RequestMeter meter, ActorSystem<?> system) {
        this.doors = List.copyOf(doors);
        this.callers = callers;
        this.settings = settings;
        this.meter = meter;
        this.system = system;
    }

    private record Found(Door door, Door.Way way, Map<String, String> values) {}

    /** Rejects what is under no door's path. An answer may take as long as a model takes. */
    public Route route() {
        return extractRequest(request -> {
            List<String> path = StreamSupport.stream(
                            request.getUri().pathSegments().spliterator(), false)
                    .toList();
            List<Door> asked =
                    doors.stream().filter(door -> isUnder(door.prefix(), path)).toList();
            if (asked.isEmpty()) {
                return reject();
            }
            var answer = answer(request, asked, path);
            return withoutRequestTimeout(() -> onComplete(answer, response -> complete(response.get())));
        });
    }

    private static boolean isUnder(List<String> prefix, List<String> path) {
        return path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
    }

    private CompletionStage<HttpResponse> answer(HttpRequest request, List<Door> asked, List<String> path) {
        Timer.Sample sample = meter.begin();
        List<Found> found = find(asked, path);
        ErrorShape shape =
                shape(request, found.isEmpty() ? asked.get(0) : found.get(0).door());
        CompletionStage<HttpResponse> answer;
        try {
            answer = handle(request, found);
        } catch (RuntimeException refused) {
            request.discardEntityBytes(system);
            answer = CompletableFuture.failedFuture(refused);
        }
        String name = request.method().name() + " " + request.getUri().getPathString();
        return answer.exceptionally(failure -> refusal(shape, refused(failure, name)))
                .thenApply(response -> {
                    measure(sample, matching(request, found), response);
                    return response;
                });
    }

    private void measure(Timer.Sample sample, Optional<Found> match, HttpResponse response) {
        String path = match.map(each -> "/" + String.join("/", each.door().prefix())
                        + each.way().path())
                .orElse(null);
        meter.end(sample, match.map(each -> each.way().method()).orElse(null), path, response);
    }

    private static Optional<Found> matching(HttpRequest request, List<Found> found) {
        return found.stream()
                .filter(each -> each.way().method().equals(request.method().name()))
                .findFirst();
    }

    /** Where the path does not tell, the client's header does. */
    private static ErrorShape shape(HttpRequest request, Door asked) {
        boolean anthropic = request.getHeader("anthropic-version").isPresent();
        return anthropic ? ErrorShape.ANTHROPIC : asked.errors();
    }

    private CompletionStage<HttpResponse> handle(HttpRequest request, List<Found> found) {
        Found match = matching(request, found).orElseThrow(() -> nothing(request, found));
        return callers.of(request)
                .whenComplete((caller, refused) -> {
                    if (refused != null) {
                        request.discardEntityBytes(system);
                    }
                })
                .thenCompose(caller -> read(request)
                        .thenCompose(bytes ->
                                match.way().handler().handle(new DoorCall(request, match.values(), caller, bytes))));
    }

    private static Refused nothing(HttpRequest request, List<Found> found) {
        String path = request.getUri().getPathString();
        return found.isEmpty()
                ? new Refused(404, "route_not_found", "there is nothing at " + path, null)
                : new Refused(405, "method_not_allowed", request.method().name() + " is not allowed at " + path, null);
    }

    private CompletionStage<ByteString> read(HttpRequest request) {
        if (request.entity().isKnownEmpty()) {
            return CompletableFuture.completedFuture(ByteString.emptyByteString());
        }
        String type = request.entity().getContentType().mediaType().toString();
        if (!type.equals("application/json")) {
            request.discardEntityBytes(system);
            throw new Refused(
                    415, "media_type_unsupported", "Content-Type is " + type + "; it must be application/json", null);
        }
        if (request.entity().getContentLengthOption().orElse(0) > settings.maxBody()) {
            request.discardEntityBytes(system);
            throw tooLarge();
        }
        return request.entity()
                .toStrict(settings.bodyLimit().toMillis(), settings.maxBody(), system)
                .thenApply(strict -> strict.getData());
    }

    private Refused tooLarge() {
        return new Refused(413, "body_too_large", "the body may have at most " + settings.maxBody() + " bytes", null);
    }

    private static List<Found> find(List<Door> doors, List<String> path) {
        var found = new ArrayList<Found>();
        for (Door door : doors) {
            List<String> rest = path.subList(door.prefix().size(), path.size());
            for (Door.Way way : door.ways()) {
                match(way.path(), rest).ifPresent(values -> found.add(new Found(door, way, values)));
            }
        }
        return found;
    }

    private static Optional<Map<String, String>> match(String template, List<String> path) {
        List<String> segments =
                template.isEmpty() ? List.of() : List.of(template.substring(1).split("/", -1));
        if (segments.size() != path.size()) {
            return Optional.empty();
        }
        var values = new HashMap<String, String>();
        for (int i = 0; i < path.size(); i++) {
            String segment = segments.get(i);
            if (segment.startsWith("{")) {
                values.put(segment.substring(1, segment.length() - 1), path.get(i));
            } else if (!segment.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private Refused refused(Throwable thrown, String request) {
        Throwable failure = thrown;
        while (failure instanceof CompletionException && failure.getCause() != null) {
            failure = failure.getCause();
        }
        if (failure instanceof Refused refused) {
            return refused;
        }
        if (failure instanceof ModelException known) {
            return Refused.failure(known);
        }
        if (failure instanceof ChatException known) {
            return of(known.code(), known.text());
        }
        if (failure instanceof EntityStreamSizeException) {
            return tooLarge();
        }
        if (failure instanceof TimeoutException) {
            return of(ErrorCode.TIMED_OUT, "there was no answer in time; try again");
        }
        if (failure instanceof DatabaseException || failure instanceof RejectedExecutionException) {
            LOG.warn("{}: refused, since the database cannot be asked: {}", request, failure.getMessage());
            return of(ErrorCode.DATABASE_UNAVAILABLE, "the database cannot be asked now; try again");
        }
        LOG.error("{}: failed", request, failure);
        return of(ErrorCode.INTERNAL, "something went wrong here; the log of the node says what");
    }

    private static Refused of(ErrorCode code, String text) {
        return new Refused(Problems.status(code), ChatJson.name(code), text, null);
    }

    private static HttpResponse refusal(ErrorShape shape, Refused refused) {
        HttpResponse response = Answering.json(refused.status(), shape.of(refused));
        Duration wait = refused.retryAfter();
        if (wait != null) {
            long seconds = wait.plusMillis(999).toSeconds();
            return response.addHeader(RawHeader.create("Retry-After", String.valueOf(Math.max(1, seconds))));
        }
        return refused.status() == 503 ? response.addHeader(RawHeader.create("Retry-After", "1")) : response;
    }
}
