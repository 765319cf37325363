package dev.baton.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The status and the headers of an answer; names are in lower case. */
record ResponseHead(int status, Map<String, String> headers) {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5][0-9]{2})(?: .*)?");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,6}");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");

    ResponseHead {
        headers = Map.copyOf(headers);
    }

    static ResponseHead parse(byte[] head) throws IOException {
        String[] lines = new String(head, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
        Matcher status = STATUS.matcher(lines[0]);
        if (!status.matches()) {
            throw new IOException("not an answer of HTTP/1.1: " + lines[0]);
        }
        var headers = new TreeMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                headers.put(
                        lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                        lines[i].substring(colon + 1).strip());
            }
        }
        return new ResponseHead(Integer.parseInt(status.group(1)), headers);
    }

    boolean isInterim() {
        return status < 200;
    }

    boolean isGood() {
        return status >= 200 && status < 300;
    }

    /** Whether another try, perhaps at another node, may well be answered better. */
    boolean isPassing() {
        return status >= 500 || status == 408 || status == 425 || status == 429;
    }

    boolean isEventStream() {
        return header("content-type").toLowerCase(Locale.ROOT).startsWith("text/event-stream");
    }

    /** Zero when the answer says nothing about it. */
    Duration retryAfter() {
        String seconds = header("retry-after");
        return SECONDS.matcher(seconds).matches() ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
    }

    BodyDecoder body() throws IOException {
        if (header("transfer-encoding").toLowerCase(Locale.ROOT).contains("chunked")) {
            return BodyDecoder.chunked();
        }
        if (status == 204 || status == 304) {
            return BodyDecoder.ofLength(0);
        }
        String length = header("content-length");
        if (length.isEmpty()) {
            return BodyDecoder.untilTheEnd();
        }
        if (!LENGTH.matcher(length).matches()) {
            throw new IOException("a body of the length " + length);
        }
        return BodyDecoder.ofLength(Long.parseLong(length));
    }

    private String header(String name) {
        return headers.getOrDefault(name, "");
    }
}
