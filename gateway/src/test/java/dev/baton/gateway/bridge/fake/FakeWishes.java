package dev.baton.gateway.bridge.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one call is to be answered. The model's name says how much and how fast: {@code fake-20-50} is 20 tokens at 50 per
 * second, rate 0 is as fast as possible; any other name is {@code fake-20-0}. Words in the last user message say more:
 *
 * <pre>
 * tokens=20 rate=50   instead of what the model's name says
 * delay=300           milliseconds before the response begins
 * think=5             so many tokens of reasoning first
 * tool=NAME           calls that tool when it is offered and the last message is no tool result; may stand several times
 * args={"a":1}        the arguments of these calls, without spaces
 * finish=length       the finish reason instead of stop
 * status=429          answers with this HTTP status
 * status-of=KEY:429    likewise, for calls with a key of that name; may stand several times
 * code=NAME           the error's code, for status and error
 * retry-after=1       this header, for status; seconds or an HTTP date with underscores for spaces
 * retry-after-ms=20   likewise
 * leak=1              the error's message repeats the Authorization header
 * error=3             an error in the stream after so many tokens
 * cut=300             cuts the connection after so many bytes of the body
 * reset=1             a cut is a reset, not an orderly end
 * framing=close       the body ends with the connection: a cut that no length or chunk betrays
 * silence=3           says nothing more after so many tokens, until the client leaves
 * comments=20         sends a comment every so many milliseconds while it is silent
 * goes-on=vllm        goes on from a beginning only when asked to as vllm, mistral or deepseek want it, refuses others;
 *                     as mistral says the beginning again
 * chunk=7             writes the body in pieces of so many bytes
 * </pre>
 *
 * <p>{@code status}, {@code error}, {@code cut} and {@code silence} take a count, as in {@code status=429x2}: then only
 * the first so many calls do it, counted by model and all user messages together. Chats that must be told apart say
 * something different.
 */
final class FakeWishes {
    private static final Pattern MODEL = Pattern.compile(".*fake-(\\d{1,7})-(\\d{1,6})");
    private static final Pattern WORD = Pattern.compile("(?<!\\S)([a-z-]+)=(\\S+)");
    private static final Pattern COUNTED = Pattern.compile("(\\d{1,9})(?:x(\\d{1,6}))?");

    private final String prompt;
    private final int attempt;
    private final int modelTokens;
    private final int modelRate;

    /** {@code attempt}: how many calls like this one there were, with this one. */
    FakeWishes(String model, String prompt, int attempt) {
        this.prompt = prompt;
        this.attempt = attempt;
        Matcher named = MODEL.matcher(model);
        boolean says = named.matches();
        this.modelTokens = says ? Integer.parseInt(named.group(1)) : 20;
        this.modelRate = says ? Integer.parseInt(named.group(2)) : 0;
    }

    int tokens() {
        return number("tokens").orElse(modelTokens);
    }

    int rate() {
        return number("rate").orElse(modelRate);
    }

    Optional<String> word(String name) {
        return words(name).stream().findFirst();
    }

    List<String> words(String name) {
        var values = new ArrayList<String>();
        Matcher word = WORD.matcher(prompt);
        while (word.find()) {
            if (word.group(1).equals(name)) {
                values.add(word.group(2));
            }
        }
        return values;
    }

    Optional<Integer> number(String name) {
        return word(name).filter(value -> value.matches("\\d{1,9}")).map(Integer::valueOf);
    }

    /** The number of a word that takes a count; empty when its count is used up. */
    Optional<Integer> counted(String name) {
        return word(name).map(COUNTED::matcher).filter(Matcher::matches).flatMap(match -> {
            boolean now = match.group(2) == null || attempt <= Integer.parseInt(match.group(2));
            return now ? Optional.of(Integer.valueOf(match.group(1))) : Optional.empty();
        });
    }
}
