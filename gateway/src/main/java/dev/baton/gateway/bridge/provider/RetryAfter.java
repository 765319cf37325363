package dev.baton.gateway.bridge.provider;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpResponse;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads how long a provider wants to be left alone. */
final class RetryAfter {
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,9})(\\.\\d*)?");

    private RetryAfter() {}

    static Optional<Duration> of(HttpResponse response, Clock clock) {
        return of(name -> response.getHeader(name).map(HttpHeader::value), clock);
    }

    /** {@code retry-after-ms} is the finer one and wins; what is in the past or unreadable says nothing. */
    static Optional<Duration> of(Function<String, Optional<String>> headers, Clock clock) {
        return headers.apply("retry-after-ms")
                .flatMap(text -> number(text).map(Duration::ofMillis))
                .or(() -> headers.apply("retry-after")
                        .flatMap(text -> number(text).map(Duration::ofSeconds).or(() -> untilDate(text, clock))))
                .filter(wait -> !wait.isNegative() && !wait.isZero());
    }

    /** A fraction is rounded up: too early is refused again. */
    private static Optional<Long> number(String text) {
        var match = NUMBER.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        boolean fraction = match.group(2) != null && match.group(2).chars().anyMatch(c -> c >= '1' && c <= '9');
        return Optional.of(Long.parseLong(match.group(1)) + (fraction ? 1 : 0));
    }

    private static Optional<Duration> untilDate(String text, Clock clock) {
        try {
            var until = ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(clock.instant(), until.toInstant()));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }
}
