package dev.baton.gateway.bridge.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Plays the script of one call. */
final class FakeAnswer {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000_000_000L;

    private final FakeSocket socket;
    private final FakeCallLog log;
    private final int call;
    private final String model;
    private final String prompt;
    private final JsonNode request;
    private final FakeWishes wishes;
    private final FakeBody body;
    private int tokens;
    private long next;

    FakeAnswer(FakeSocket socket, FakeCallLog log, int call, String prompt, JsonNode request, FakeWishes wishes) {
        this.socket = socket;
        this.log = log;
        this.call = call;
        this.model = request.path("model").asText("");
        this.prompt = prompt;
        this.request = request;
        this.wishes = wishes;
        this.body = new FakeBody(socket, wishes);
    }

    /** Whether the connection can take another request afterwards; {@code authorization}: that of the request. */
    boolean play(String authorization) throws IOException {
        socket.pause(wishes.number("delay").orElse(0) * MILLI);
        Optional<Integer> status = goesOnIfAsked() ? wishes.counted("status") : Optional.of(400);
        if (status.isPresent()) {
            refuse(status.get(), authorization);
            log.end(call, FakeCallLog.End.REFUSED);
            return true;
        }
        body.begin();
        next = System.nanoTime();
        boolean whole = stream();
        log.wrote(call, tokens);
        if (whole) {
            finish();
        }
        body.flush();
        log.end(call, whole ? FakeCallLog.End.WHOLE : FakeCallLog.End.REFUSED);
        body.end();
        return !body.endsWithConnection();
    }

    private boolean goesOnIfAsked() {
        return FakeJson.prefix(request).isEmpty() || FakeJson.asksToGoOn(request, server());
    }

    private String server() {
        return wishes.word("goes-on").orElse("");
    }

    private boolean callsTools() {
        return !toolsToCall().isEmpty()
                && !FakeJson.lastMessage(request).path("role").asText().equals("tool");
    }

    private List<String> toolsToCall() {
        return wishes.words("tool").stream()
                .filter(name -> request.path("tools").findValuesAsText("name").contains(name))
                .toList();
    }

    /** False when the script ended the stream with an error. */
    private boolean stream() throws IOException {
        send(FakeJson.chunk(call, model, FakeJson.delta("role", "assistant").put("content", ""), null));
        int thoughts = wishes.number("think").orElse(0);
        for (int i = 0; i < thoughts; i++) {
            if (!token("reasoning_content", FakeText.token("thought", i))) {
                return false;
            }
        }
        return callsTools() ? streamToolCalls() : streamText();
    }

    private boolean streamText() throws IOException {
        String mark = FakeText.mark(prompt);
        String prefix = FakeJson.prefix(request);
        int total = wishes.tokens();
        int said = FakeText.of(prompt, total).startsWith(prefix) ? prefix.length() : 0;
        if (server().equals("mistral") && said > 0 && !token("content", prefix)) {
            return false;
        }
        int position = 0;
        for (int i = 0; i < total; i++) {
            String token = FakeText.token(mark, i);
            int skipped = Math.min(token.length(), Math.max(0, said - position));
            position += token.length();
            if (skipped < token.length() && !token("content", token.substring(skipped))) {
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
            String id = "call_" + call + "_" + i;
            send(FakeJson.chunk(call, model, FakeJson.toolCall(i, id, tools.get(i), ""), null));
            for (String piece : List.of(arguments.substring(0, half), arguments.substring(half))) {
                if (!paced(FakeJson.toolCall(i, null, null, piece))) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean token(String field, String text) throws IOException {
        return paced(FakeJson.delta(field, text));
    }

    /** One token, at its time, unless the script wants something else here. */
    private boolean paced(ObjectNode delta) throws IOException {
        if (wishes.counted("silence").filter(after -> after == tokens).isPresent()) {
            stayForever();
        }
        if (wishes.counted("error").filter(after -> after == tokens).isPresent()) {
            send(FakeJson.error("scripted error", wishes.word("code").orElse(null)));
            return false;
        }
        int rate = wishes.rate();
        if (rate > 0) {
            body.flush();
            next += SECOND / rate;
            socket.pause(next - System.nanoTime());
        }
        send(FakeJson.chunk(call, model, delta, null));
        tokens++;
        if (rate > 0) {
            body.flush();
        }
        if (rate > 0 || tokens % 1000 == 0) {
            log.wrote(call, tokens);
        }
        return true;
    }

    private void finish() throws IOException {
        String reason = callsTools() ? "tool_calls" : wishes.word("finish").orElse("stop");
        send(FakeJson.chunk(call, model, FakeJson.MAPPER.createObjectNode(), reason));
        if (request.path("stream_options").path("include_usage").asBoolean()) {
            send(FakeJson.usage(call, model, request.path("messages").size(), tokens));
        }
        body.write("data: [DONE]\n\n");
    }

    /** Ends only with the client. */
    private void stayForever() throws IOException {
        log.wrote(call, tokens);
        body.flush();
        Optional<Integer> comments = wishes.number("comments");
        while (true) {
            socket.pause(comments.map(every -> every * MILLI).orElse(3600 * SECOND));
            if (comments.isPresent()) {
                body.write(": still here\n\n");
                body.flush();
            }
        }
    }

    private void refuse(int status, String authorization) throws IOException {
        String leak = wishes.number("leak").orElse(0) == 1 ? " for " + authorization : "";
        byte[] error = FakeJson.MAPPER.writeValueAsBytes(FakeJson.error(
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

    private void send(JsonNode event) throws IOException {
        body.write("data: " + event + "\n\n");
    }
}
