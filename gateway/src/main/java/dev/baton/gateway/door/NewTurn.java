package dev.baton.gateway.door;

import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Earlier;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client says to a chat, in Baton's words. {@code model}: null = the chat's; {@code instructions}, {@code tools}: null
 * when the client does not speak of them; {@code messages}: all that it tells, the oldest first; {@code key}: the client's
 * own name for it, so that it can ask again.
 */
public record NewTurn(
        @Nullable String model,
        @Nullable String instructions,
        @Nullable List<ClientTool> tools,
        List<Earlier> messages,
        Map<String, String> labels,
        @Nullable String key) {

    public NewTurn {
        tools = tools == null ? null : List.copyOf(tools);
        messages = List.copyOf(messages);
        labels = Map.copyOf(labels);
    }

    /** Messages as they are told; neighbours of one role become one, as chats have them. */
    public static final class Messages {
        private final List<Earlier> all = new ArrayList<>();
        private final StringBuilder instructions = new StringBuilder();
        private boolean spoken;

        public void add(Role role, List<Part> content) {
            if (content.isEmpty()) {
                return;
            }
            int last = all.size() - 1;
            if (last >= 0 && all.get(last).role() == role) {
                var joined = new ArrayList<>(all.get(last).content());
                joined.addAll(content);
                all.set(last, new Earlier(role, joined));
            } else {
                all.add(new Earlier(role, content));
            }
        }

        /** What rules the whole chat, wherever it is said. */
        public void instruct(String words) {
            if (spoken) {
                instructions.append("\n\n");
            }
            spoken = true;
            instructions.append(words);
        }

        public @Nullable String instructions() {
            return spoken ? instructions.toString() : null;
        }

        public List<Earlier> all() {
            return List.copyOf(all);
        }
    }
}
