package dev.baton.gateway.bridge.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Optional;

/** One call on its connection: what comes before its stream, and the stream's frame. */
final class FakeCall {
    private static final long MILLI = 1_000_000L;

    private final FakeSocket socket;
    private final FakeCallLog log;
    private final int call;
    private final FakeWishes wishes;
    private final FakeDialect dialect;
    private final FakeBody body;

    FakeCall(FakeSocket socket, FakeCallLog log, int call, FakeWishes wishes, FakeDialect dialect) {
        this.socket = socket;
        this.log = log;
        this.call = call;
        this.wishes = wishes;
        this.dialect = dialect;
        this.body = new FakeBody(socket, wishes);
    }

    FakeBody body() {
        return body;
    }

    /** Whether the script wants an error instead of a stream; then it has been sent. */
    boolean refuses(JsonNode request, String key) throws IOException {
        socket.pause(wishes.number("delay").orElse(0) * MILLI);
        boolean goesOn = dialect.prefix().isEmpty()
                || FakeJson.asksToGoOn(request, wishes.word("goes-on").orElse(""));
        Optional<Integer> status = goesOn ? wishes.counted("status").or(() -> statusOf(key)) : Optional.of(400);
        if (status.isEmpty()) {
            return false;
        }
        refuse(status.get(), key);
        log.end(call, FakeCallLog.End.REFUSED);
        return true;
    }

    /** Whether the connection can take another request afterwards. */
    boolean stream(FakeAnswer answer) throws IOException {
        body.begin();
        boolean whole = answer.play();
        body.flush();
        log.end(call, whole ? FakeCallLog.End.WHOLE : FakeCallLog.End.REFUSED);
        body.end();
        return !body.endsWithConnection();
    }

    /** An answer that is no stream; its wishes for the body hold, too. */
    boolean whole(JsonNode answer) throws IOException {
        body.begin("application/json");
        body.write(answer.toString());
        body.flush();
        log.end(call, FakeCallLog.End.WHOLE);
        body.end();
        return !body.endsWithConnection();
    }

    /** The same for an answer that is made elsewhere. */
    boolean copy(FakeKept kept, int first) throws IOException {
        body.begin();
        kept.copyTo(body, first);
        body.end();
        return !body.endsWithConnection();
    }

    private Optional<Integer> statusOf(String key) {
        return wishes.words("status-of").stream()
                .map(word -> word.split(":", 2))
                .filter(word -> word.length == 2 && key.endsWith(word[0]))
                .map(word -> Integer.valueOf(word[1]))
                .findFirst();
    }

    private void refuse(int status, String authorization) throws IOException {
        String leak = wishes.number("leak").orElse(0) == 1 ? " for " + authorization : "";
        byte[] error = FakeJson.MAPPER.writeValueAsBytes(dialect.refusal(
                "scripted status " + status + leak, wishes.word("code").orElse(null)));
        var head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\nContent-Type: application/json\r\n");
        wishes.word("retry-after")
                .ifPresent(wait -> head.append("Retry-After: ")
                        .append(wait.replace('_', ' '))
                        .append("\r\n"));
        wishes.word("retry-after-ms")
                .ifPresent(wait -> head.append("retry-after-ms: ").append(wait).append("\r\n"));
        socket.write(head + "Content-Length: " + error.length + "\r\n\r\n");
        socket.write(error, 0, error.length);
        socket.flush();
    }
}
