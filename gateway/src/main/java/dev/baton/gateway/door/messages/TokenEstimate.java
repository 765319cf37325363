package dev.baton.gateway.door.messages;

import dev.baton.gateway.door.NewTurn;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Earlier;
import dev.baton.persistence.chat.Part;

/** About how many tokens a request is: a quarter of its characters, and a few for each message and tool. */
final class TokenEstimate {
    private static final int CHARACTERS = 4;
    private static final int EACH = 4;

    private TokenEstimate() {}

    static long of(NewTurn turn) {
        long tokens = turn.instructions() == null ? 0 : words(turn.instructions());
        for (Earlier message : turn.messages()) {
            tokens += EACH;
            for (Part part : message.content()) {
                tokens += part(part);
            }
        }
        if (turn.tools() != null) {
            for (ClientTool tool : turn.tools()) {
                tokens += EACH + words(tool.name()) + words(tool.description()) + words(tool.inputSchema());
            }
        }
        return tokens;
    }

    private static long part(Part part) {
        if (part instanceof Part.Text text) {
            return words(text.text());
        }
        if (part instanceof Part.Reasoning reasoning) {
            return words(reasoning.text());
        }
        if (part instanceof Part.ToolCall call) {
            return words(call.name()) + words(call.arguments());
        }
        return part instanceof Part.ToolResult result ? words(result.output()) : 0;
    }

    private static long words(String text) {
        return ((long) text.length() + CHARACTERS - 1) / CHARACTERS;
    }
}
