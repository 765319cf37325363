package dev.baton.gateway.bridge.fake;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Plays the script of one call, in whatever dialect it was asked for. */
final class FakeAnswer {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final FakeOut out;
    private final FakeCallLog log;
    private final int call;
    private final String prompt;
    private final FakeDialect dialect;
    private final FakeWishes wishes;
    private int tokens;
    private long next;

    FakeAnswer(FakeOut out, FakeCallLog log, int call, String prompt, FakeDialect dialect, FakeWishes wishes) {
        this.out = out;
        this.log = log;
        this.call = call;
        this.prompt = prompt;
        this.dialect = dialect;
        this.wishes = wishes;
    }

    /** Says all of it; false when the script ended it with an error. */
    boolean play() throws IOException {
        next = System.nanoTime();
        boolean whole = stream();
        log.wrote(call, tokens);
        if (whole) {
            send(dialect.finish(
                    callsTools() ? "tool_calls" : wishes.word("finish").orElse("stop"), tokens));
        }
        out.flush();
        return whole;
    }

    private String server() {
        return wishes.word("goes-on").orElse("");
    }

    private boolean callsTools() {
        return !toolsToCall().isEmpty() && !dialect.answersResult();
    }

    private List<String> toolsToCall() {
        return wishes.words("tool").stream().filter(dialect::offers).toList();
    }

    private boolean stream() throws IOException {
        send(dialect.begin());
        int thoughts = wishes.number("think").orElse(0);
        for (int i = 0; i < thoughts; i++) {
            if (!paced(dialect.thought(FakeText.token("thought", i)))) {
                return false;
            }
        }
        return callsTools() ? streamToolCalls() : streamText();
    }

    private boolean streamText() throws IOException {
        String mark = FakeText.mark(prompt);
        String prefix = dialect.prefix();
        int total = wishes.tokens();
        int said = FakeText.of(prompt, total).startsWith(prefix) ? prefix.length() : 0;
        if (server().equals("mistral") && said > 0 && !paced(dialect.text(prefix))) {
            return false;
        }
        int position = 0;
        for (int i = 0; i < total; i++) {
            String token = FakeText.token(mark, i);
            int skipped = Math.min(token.length(), Math.max(0, said - position));
            position += token.length();
            if (skipped < token.length() && !paced(dialect.text(token.substring(skipped)))) {
                return false;
            }
        }
        return true;
    }

    private boolean streamToolCalls() throws IOException {
        String arguments = wishes.word("args").orElse("{}");
        int half = arguments.length() / 2;
        List<String> tools = toolsToCall();
        for (int i = 0; i < tools.size(); i++) {
            send(dialect.callBegins(i, "call_" + call + "_" + i, tools.get(i)));
            for (String piece : List.of(arguments.substring(0, half), arguments.substring(half))) {
                if (!paced(dialect.callGoesOn(piece))) {
                    return false;
                }
            }
            send(dialect.callEnds());
        }
        return true;
    }

    /** One token, at its time, unless the script wants something else here. */
    private boolean paced(String frames) throws IOException {
        if (wishes.counted("silence").filter(after -> after == tokens).isPresent()) {
            stayForever();
        }
        if (wishes.counted("error").filter(after -> after == tokens).isPresent()) {
            send(dialect.error("scripted error", wishes.word("code").orElse(null)));
            return false;
        }
        int rate = wishes.rate();
        if (rate > 0) {
            out.flush();
            next += SECOND / rate;
            out.pause(next - System.nanoTime());
        }
        send(frames);
        tokens++;
        if (rate > 0) {
            out.flush();
        }
        if (rate > 0 || tokens % 1000 == 0) {
            log.wrote(call, tokens);
        }
        return true;
    }

    /** Ends only with the client. */
    private void stayForever() throws IOException {
        log.wrote(call, tokens);
        out.flush();
        Optional<Integer> comments = wishes.number("comments");
        while (true) {
            out.pause(comments.map(every -> every * MILLI).orElse(3600 * SECOND));
            if (comments.isPresent()) {
                out.write(": still here\n\n");
                out.flush();
            }
        }
    }

    private void send(String frames) throws IOException {
        out.write(frames);
    }
}
