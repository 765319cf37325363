package dev.baton.gateway.door.responses;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.json.ChatJson;
import dev.baton.persistence.chat.ChatState;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client's metadata and the door's own marks, which are labels of the chat. */
final class Labels {
    private static final String OWN = "baton.";
    private static final String STORE = OWN + "store";
    private static final String DELETED = OWN + "deleted";

    private Labels() {}

    static Map<String, String> of(Map<String, String> metadata, boolean store) {
        var labels = new HashMap<>(metadata);
        labels.keySet().removeIf(key -> key.startsWith(OWN));
        if (!store) {
            labels.put(STORE, "false");
        }
        return labels;
    }

    /** {@code metadata} in the place of the client's own; the door's marks stay. */
    static Map<String, String> changed(ChatState chat, Map<String, String> metadata) {
        Map<String, String> labels = of(metadata, /* store= */ true);
        chat.details().labels().forEach((key, value) -> {
            if (key.startsWith(OWN)) {
                labels.put(key, value);
            }
        });
        return labels;
    }

    static ObjectNode metadata(ChatState chat) {
        ObjectNode json = ChatJson.labels(chat.details().labels());
        List<String> own = chat.details().labels().keySet().stream()
                .filter(key -> key.startsWith(OWN))
                .toList();
        return json.remove(own);
    }

    static boolean isStored(ChatState chat) {
        return !"false".equals(chat.details().labels().get(STORE));
    }

    static boolean isDeleted(ChatState chat, long message) {
        return Arrays.asList(chat.details().labels().getOrDefault(DELETED, "").split(","))
                .contains(Long.toString(message));
    }

    static Map<String, String> withDeleted(ChatState chat, long message) {
        var labels = new HashMap<>(chat.details().labels());
        labels.merge(DELETED, Long.toString(message), (before, one) -> before + "," + one);
        return labels;
    }
}
