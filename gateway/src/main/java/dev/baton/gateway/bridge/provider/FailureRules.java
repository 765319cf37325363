package dev.baton.gateway.bridge.provider;

import static dev.baton.persistence.chat.FailureKind.AUTH;
import static dev.baton.persistence.chat.FailureKind.CONFIG;
import static dev.baton.persistence.chat.FailureKind.GENERIC;
import static dev.baton.persistence.chat.FailureKind.OVERLOADED;
import static dev.baton.persistence.chat.FailureKind.PROVIDER_DISABLED;
import static dev.baton.persistence.chat.FailureKind.RATE_LIMIT;
import static dev.baton.persistence.chat.FailureKind.TIMEOUT;
import static dev.baton.persistence.chat.FailureKind.USAGE_LIMIT;

import dev.baton.persistence.chat.FailureKind;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * What kind of failure a provider's error is: the first rule that holds, by HTTP status and by the words of the error.
 *
 * <p>Words that say that the model or the context is wrong keep 403, 429 and the transient statuses from being taken for
 * what they are not: trying again would not help.
 */
final class FailureRules {
    /** The status of an error that came inside of a stream and named none. */
    static final int NO_STATUS = 0;

    private static final Pattern OVERLOAD = words("overloaded");
    private static final Pattern QUOTA =
            words("insufficient_quota|exceeded your (current|monthly) quota|quota (is )?exhausted"
                    + "|billing|credit balance|insufficient (credits|balance|funds)|usage[_ ]limit|spend(ing)? limit");
    private static final Pattern KEY =
            words("invalid[_ ]api[_ ]key|incorrect api key|api key (is )?(missing|not valid|expired)"
                    + "|no api key|authentication|unauthori[sz]ed|unauthenticated");
    private static final Pattern FORBIDDEN = words("forbidden|permission[_ ](denied|error)");
    private static final Pattern RATE = words("rate[_ -]?limit|too many requests|tokens per min|requests per min");
    private static final Pattern DISABLED = words("provider[_ ](is |was )?disabled");
    private static final Pattern TRANSIENT = words(
            "timed?[ _-]?out|bad gateway|service unavailable|temporarily unavailable|connection reset|unexpected eof"
                    + "|broken pipe|goaway|upstream connect");
    private static final Pattern SETTINGS = words(
            "model[_ ]not[_ ]found|not_found_error|request_too_large|unknown[_ ]model|invalid[_ ]model|unsupported[_ ]model"
                    + "|model\\b.{0,200}(does not exist|not found|is not supported|not available)|not a valid model"
                    + "|context[_ ]length|context[_ ]window|maximum context|prompt is too long|input is too long|too many input tokens");
    private static final Pattern SERVER = words("internal[_ ]server[_ ]error|server[_ ]error|internal error");
    private static final Set<Integer> TRANSIENT_STATUS = Set.of(408, 502, 503, 504, 520, 521, 522, 523, 524);

    private static final List<Rule> RULES = List.of(
            new Rule(OVERLOADED, true, (status, text) -> status == 529 || has(OVERLOAD, text)),
            new Rule(USAGE_LIMIT, false, (status, text) -> status == 402 || has(QUOTA, text)),
            new Rule(AUTH, false, (status, text) -> status == 401 || has(KEY, text)),
            new Rule(AUTH, false, (status, text) -> (status == 403 || has(FORBIDDEN, text)) && !has(SETTINGS, text)),
            new Rule(RATE_LIMIT, true, (status, text) -> (status == 429 || has(RATE, text)) && !has(SETTINGS, text)),
            new Rule(PROVIDER_DISABLED, false, (status, text) -> has(DISABLED, text)),
            new Rule(
                    TIMEOUT,
                    true,
                    (status, text) ->
                            (TRANSIENT_STATUS.contains(status) || (status == NO_STATUS && has(TRANSIENT, text)))
                                    && !has(SETTINGS, text)),
            new Rule(CONFIG, false, (status, text) -> has(SETTINGS, text)),
            new Rule(GENERIC, true, (status, text) -> status == 500 || (status == NO_STATUS && has(SERVER, text))),
            new Rule(GENERIC, false, (status, text) -> true));

    private FailureRules() {}

    /** A kind, and whether another try may help. */
    record Verdict(FailureKind kind, boolean retryable) {}

    private record Rule(FailureKind kind, boolean retryable, BiPredicate<Integer, String> holds) {}

    static Verdict verdict(int status, String text) {
        for (Rule rule : RULES) {
            if (rule.holds().test(status, text)) {
                return new Verdict(rule.kind(), rule.retryable());
            }
        }
        throw new IllegalStateException("the last rule holds always");
    }

    private static Pattern words(String alternatives) {
        return Pattern.compile(alternatives, Pattern.CASE_INSENSITIVE);
    }

    private static boolean has(Pattern words, String text) {
        return words.matcher(text).find();
    }
}
