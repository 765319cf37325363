package dev.baton.persistence.chat;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a chat answers to a command. */
public sealed interface Decision {

    /** These events happen, all or none; none at all when the command was repeated or changes nothing. */
    record Accepted(List<ChatEvent> events, @Nullable Sent sent) implements Decision {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** Nothing changes. {@code state}: what was met; null when it was no state at all. */
    record Refused(ErrorCode code, String detail, @Nullable State state) implements Decision {}
}
