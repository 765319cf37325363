package dev.baton.gateway.http;

import akka.event.LoggingAdapter;
import akka.http.ParsingErrorHandler;
import akka.http.javadsl.model.HttpResponse;
import akka.http.scaladsl.model.ErrorInfo;
import akka.http.scaladsl.model.StatusCode;
import akka.http.scaladsl.settings.ServerSettings;
import dev.baton.persistence.chat.ErrorCode;
import java.time.Duration;

/**
 * Problem details for requests that are no HTTP, which no route ever sees. Akka HTTP finds it by the name in {@code
 * akka.http.server.parsing.error-handler}.
 */
public final class ParsingProblems extends ParsingErrorHandler {
    /** Under the name that objects have for Scala. */
    public static final ParsingProblems MODULE$ = new ParsingProblems();

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Problems problems = new Problems(RETRY_AFTER);

    private ParsingProblems() {}

    @Override
    public HttpResponse handle(StatusCode status, ErrorInfo info, LoggingAdapter log, ServerSettings settings) {
        return problems.of(ErrorCode.REQUEST_INVALID, info.summary(), null).withStatus(status);
    }
}
