package dev.baton.gateway.bridge.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.bridge.provider.Json;
import dev.baton.gateway.bridge.provider.ProviderFailures;
import dev.baton.persistence.chat.Part;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts streamed tool calls together; nobody sees one before it is whole. */
final class ToolCallAssembly {
    private static final int MAX_CALLS = 128;
    private static final int MAX_ARGUMENTS = 1 << 20;

    private final ProviderFailures failures;
    private final String idBase;
    private final List<Pending> pending = new ArrayList<>();
    private int size;

    /** {@code idBase}: what the ids of calls begin with that the provider gave none. */
    ToolCallAssembly(ProviderFailures failures, String idBase) {
        this.failures = failures;
        this.idBase = idBase;
    }

    void add(JsonNode delta) {
        Pending call = callOf(delta.path("index").asInt(-1), delta.path("id").asText(""));
        JsonNode function = delta.path("function");
        if (call.name.isEmpty()) {
            call.name = function.path("name").asText("");
        }
        JsonNode arguments = function.path("arguments");
        String piece = arguments.isContainerNode() ? arguments.toString() : arguments.asText("");
        size += piece.length();
        if (size > MAX_ARGUMENTS) {
            throw failures.malformed("the arguments of tool calls are longer than " + MAX_ARGUMENTS, false);
        }
        call.arguments.append(piece);
    }

    /** All calls; {@code cutOff} drops those that are not whole, otherwise they fail the answer. */
    List<Part.ToolCall> whole(boolean cutOff) {
        var calls = new ArrayList<Part.ToolCall>();
        for (Pending call : pending) {
            String arguments = call.arguments.toString().isBlank() ? "{}" : call.arguments.toString();
            boolean whole = !call.name.isEmpty()
                    && Json.parse(arguments).filter(JsonNode::isObject).isPresent();
            if (whole) {
                calls.add(new Part.ToolCall(
                        call.id.isEmpty() ? idBase + "_" + pending.indexOf(call) : call.id, call.name, arguments));
            } else if (!cutOff) {
                throw failures.malformed("a tool call has no name, or its arguments are no JSON object", true);
            }
        }
        return calls;
    }

    /** Some servers give all calls index 0, or no index at all: an id that is new begins a call, too. */
    private Pending callOf(int index, String id) {
        Pending known = index < 0 ? last() : latestAt(index);
        if (known == null || (!id.isEmpty() && !known.id.isEmpty() && !known.id.equals(id))) {
            if (pending.size() == MAX_CALLS) {
                throw failures.malformed("there are more than " + MAX_CALLS + " tool calls", false);
            }
            known = new Pending(index);
            pending.add(known);
        }
        if (known.id.isEmpty()) {
            known.id = id;
        }
        return known;
    }

    private @Nullable Pending last() {
        return pending.isEmpty() ? null : pending.get(pending.size() - 1);
    }

    private @Nullable Pending latestAt(int index) {
        for (int i = pending.size() - 1; i >= 0; i--) {
            if (pending.get(i).index == index) {
                return pending.get(i);
            }
        }
        return null;
    }

    private static final class Pending {
        private final int index;
        private final StringBuilder arguments = new StringBuilder();
        private String id = "";
        private String name = "";

        Pending(int index) {
            this.index = index;
        }
    }
}
