package dev.baton.runner;

import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.ChatId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Up to which version chats were known when their runners ended, so that a late hint starts nobody a second time. Only
 * the newest {@value #KEPT} are kept; a hint later still starts a runner that finds nothing to do.
 */
final class SpentRunners {
    private static final int KEPT = 10_000;

    private final Map<ChatId, Long> versions = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ChatId, Long> eldest) {
            return size() > KEPT;
        }
    };

    void remember(ChatHint newest) {
        versions.remove(newest.chat());
        versions.put(newest.chat(), newest.version());
    }

    boolean covers(ChatHint hint) {
        return hint.version() <= versions.getOrDefault(hint.chat(), 0L);
    }
}
