package dev.baton.gateway.bridge.fake;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** What the fake provider says: numbered tokens that carry a mark of the prompt, so that gaps and mix-ups show. */
public final class FakeText {

    private FakeText() {}

    /** The whole answer to the last user message {@code prompt}. */
    public static String of(String prompt, int tokens) {
        var text = new StringBuilder();
        String mark = mark(prompt);
        for (int i = 0; i < tokens; i++) {
            text.append(token(mark, i));
        }
        return text.toString();
    }

    static String mark(String prompt) {
        var sum = new CRC32();
        sum.update(prompt.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    static String token(String mark, int number) {
        return (number == 0 ? "" : " ") + mark + "-" + number;
    }
}
