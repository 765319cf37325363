package dev.baton.gateway.http;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpCharsets;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.MediaTypes;
import akka.http.javadsl.model.StatusCodes;
import akka.http.javadsl.model.headers.RawHeader;
import akka.http.scaladsl.model.EntityStreamSizeException;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.json.ChatJson;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.schema.DatabaseException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever went wrong, as problem details (RFC 9457). The one place that knows which error has which status. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final ContentType TYPE = ContentTypes.create(MediaTypes.customWithFixedCharset(
            "application", "problem+json", HttpCharsets.UTF_8, new HashMap<>(), false));

    private final Duration retryAfter;

    Problems(Duration retryAfter) {
        this.retryAfter = retryAfter;
    }

    /** The HTTP status of an error. */
    public static int status(ErrorCode code) {
        if (code == ErrorCode.METHOD_NOT_ALLOWED) {
            return 405;
        }
        if (code == ErrorCode.MEDIA_TYPE_UNSUPPORTED) {
            return 415;
        }
        return switch (code.kind()) {
            case INVALID -> 400;
            case UNAUTHENTICATED -> 401;
            case FORBIDDEN -> 403;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case TOO_LARGE -> 413;
            case INTERNAL -> 500;
            case UNAVAILABLE -> 503;
        };
    }

    HttpResponse of(ErrorCode code, String detail, @Nullable String chat) {
        ObjectNode json = json(code, detail);
        if (chat != null) {
            json.put("chat_id", chat);
        }
        List<HttpHeader> headers = new ArrayList<>();
        if (code == ErrorCode.CHAT_BUSY || code.kind() == ErrorCode.Kind.UNAVAILABLE) {
            headers.add(RawHeader.create("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds()))));
        }
        if (code.kind() == ErrorCode.Kind.UNAUTHENTICATED) {
            headers.add(RawHeader.create("WWW-Authenticate", "Bearer realm=\"baton\""));
        }
        return HttpResponse.create()
                .withStatus(StatusCodes.get(status(code)))
                .addHeaders(headers)
                .withEntity(HttpEntities.create(TYPE, ByteString.fromString(Json.text(json))));
    }

    private static ObjectNode json(ErrorCode code, String detail) {
        String name = ChatJson.name(code);
        String words = name.replace('_', ' ');
        return Json.object()
                .put("type", "urn:baton:error:" + name)
                .put("title", Character.toUpperCase(words.charAt(0)) + words.substring(1))
                .put("status", status(code))
                .put("detail", detail)
                .put("code", name);
    }

    /** {@code request}: for the log, should it be our fault. */
    HttpResponse of(Throwable thrown, String request, @Nullable String chat) {
        Throwable failure = cause(thrown);
        if (failure instanceof ChatException known) {
            return of(known.code(), known.text(), chat);
        }
        if (failure instanceof EntityStreamSizeException size) {
            return of(
                    ErrorCode.BODY_TOO_LARGE,
                    "the body is too large; it may have at most %d bytes".formatted(size.limit()),
                    chat);
        }
        if (failure instanceof TimeoutException) {
            return of(ErrorCode.TIMED_OUT, "there was no answer in time; try again", chat);
        }
        if (failure instanceof DatabaseException || failure instanceof RejectedExecutionException) {
            LOG.warn("{}: refused, since the database cannot be asked: {}", request, failure.getMessage());
            return of(ErrorCode.DATABASE_UNAVAILABLE, "the database cannot be asked now; try again", chat);
        }
        LOG.error("{}: failed", request, failure);
        return of(ErrorCode.INTERNAL, "something went wrong here; the log of the node says what", chat);
    }

    private static Throwable cause(Throwable thrown) {
        Throwable failure = thrown;
        while (failure instanceof CompletionException && failure.getCause() != null) {
            failure = failure.getCause();
        }
        return failure;
    }
}
