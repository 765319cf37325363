package dev.baton.gateway.bridge.openai;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a server wants to be told beside the beginning of its answer, so that it goes on from there. */
public enum ContinueWith {
    /** Nothing: the last message is the assistant's. */
    PLAIN,
    /** That the last message is not whole, and that no new one begins. */
    VLLM,
    /** A flag at the last message. The answer then begins with what that message says. */
    MISTRAL,
    /** A flag at the last message. */
    DEEPSEEK;

    /** Marks {@code beginning}, the last message of {@code body}, as what to go on from. */
    void mark(ObjectNode body, ObjectNode beginning) {
        switch (this) {
            case PLAIN -> {}
            case VLLM -> body.put("continue_final_message", true).put("add_generation_prompt", false);
            case MISTRAL, DEEPSEEK -> beginning.put("prefix", true);
        }
    }

    /** Whether the server says the beginning again before it goes on. */
    boolean echoes() {
        return this == MISTRAL;
    }

    public static Optional<ContinueWith> parse(String text) {
        return Arrays.stream(values())
                .filter(way -> way.toString().equals(text))
                .findFirst();
    }

    public static String known() {
        return Arrays.stream(values()).map(ContinueWith::toString).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
