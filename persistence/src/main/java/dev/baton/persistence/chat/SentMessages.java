package dev.baton.persistence.chat;

import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** First outcomes by the clients' own message ids, so that a send can be repeated; the newest {@value #KEPT} are kept. */
public record SentMessages(Map<String, Sent> byClientId) {
    static final int KEPT = 256;
    static final SentMessages NONE = new SentMessages(Map.of());

    public SentMessages {
        byClientId = Collections.unmodifiableMap(new LinkedHashMap<>(byClientId));
    }

    public Optional<Sent> find(@Nullable String clientMessageId) {
        return clientMessageId == null ? Optional.empty() : Optional.ofNullable(byClientId.get(clientMessageId));
    }

    SentMessages with(@Nullable String clientMessageId, Sent outcome) {
        if (clientMessageId == null || byClientId.containsKey(clientMessageId)) {
            return this;
        }
        var more = new LinkedHashMap<>(byClientId);
        more.put(clientMessageId, outcome);
        if (more.size() > KEPT) {
            Iterator<String> oldest = more.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return new SentMessages(more);
    }
}
