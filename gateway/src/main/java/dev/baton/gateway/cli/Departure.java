package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Watches a node go. */
final class Departure {
    private static final long PAUSE_MILLIS = 200;
    private static final int LOOKS_PER_SECOND = (int) (1_000 / PAUSE_MILLIS);

    private final String id;
    private final Witness witness;
    private final Consumer<String> say;
    private String last = "";

    /** Whom to ask. {@code isItself}: the one that leaves is the only one there is, so that its silence is the sign. */
    record Witness(ApiClient client, boolean isItself) {}

    /** {@code say}: hears what the node is at, whenever that changes. */
    Departure(String id, Witness witness, Consumer<String> say) {
        this.id = id;
        this.witness = witness;
        this.say = say;
    }

    /** Returns when the node is gone; after {@code seconds} it fails with what it still waits for. */
    void await(int seconds) {
        for (int look = 0; look < seconds * LOOKS_PER_SECOND; look++) {
            if (isGone()) {
                return;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
        throw new CommandFailed("%s was told to leave and is not gone after %d s; last seen: %s"
                .formatted(NodeName.of(id), seconds, last.isEmpty() ? "nothing" : last));
    }

    private boolean isGone() {
        try {
            for (JsonNode node : witness.client().get("/cluster").path("nodes")) {
                if (node.path("node").asText().equals(id)) {
                    note(node);
                    return false;
                }
            }
            return true;
        } catch (CommandFailed failure) {
            return witness.isItself() && failure.getCause() instanceof IOException;
        }
    }

    private void note(JsonNode node) {
        String now = node.path("status").asText()
                + (node.has("sockets")
                        ? ", %d running chats, %d sockets"
                                .formatted(
                                        node.path("runners").path("running").asInt(),
                                        node.path("sockets").asInt())
                        : "");
        if (!now.equals(last)) {
            last = now;
            say.accept(NodeName.of(id) + ": " + now);
        }
    }
}
