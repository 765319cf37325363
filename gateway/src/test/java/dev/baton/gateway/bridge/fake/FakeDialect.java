package dev.baton.gateway.bridge.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one protocol asks, and puts an answer into events. One object serves one call. */
interface FakeDialect {

    List<String> userTexts();

    /** The partial answer that the request ends with; empty when it ends with something else. */
    String prefix();

    /** Whether the last message is a tool's result. */
    boolean answersResult();

    boolean offers(String tool);

    String begin();

    String thought(String text);

    String text(String text);

    String callBegins(int index, String id, String name);

    String callGoesOn(String arguments);

    String callEnds();

    String finish(String reason, int said);

    /** An answer that is no stream. */
    JsonNode whole(String text, int said);

    /** An error in the stream. */
    String error(String message, @Nullable String code);

    /** An error instead of a stream. */
    JsonNode refusal(String message, @Nullable String code);

    static String frame(JsonNode event) {
        return "data: " + event + "\n\n";
    }

    static String named(String type, JsonNode event) {
        return "event: " + type + "\ndata: " + event + "\n\n";
    }
}
