package dev.baton.gateway.node.death;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who answers on a death port: the node's address and, as an unsigned number, its incarnation. */
record Hello(String address, String uid) {
    private static final int MOST_BYTES = 512;
    private static final Pattern LINE = Pattern.compile("baton (\\S+) (\\d+)");

    byte[] bytes() {
        return "baton %s %s\n".formatted(address, uid).getBytes(StandardCharsets.US_ASCII);
    }

    /** Empty when what comes is something else. */
    static Optional<Hello> read(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() == MOST_BYTES) {
                return Optional.empty();
            }
            line.append((char) next);
        }
        Matcher matcher = LINE.matcher(line);
        return matcher.matches() ? Optional.of(new Hello(matcher.group(1), matcher.group(2))) : Optional.empty();
    }
}
