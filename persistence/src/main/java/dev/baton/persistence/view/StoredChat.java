package dev.baton.persistence.view;

import java.util.Map;

/** What a write must know of the row that is there. {@code completeVersion}: up to where the messages are complete. */
record StoredChat(long version, long completeVersion, String labels) {
    static final StoredChat NONE = new StoredChat(0, 0, Labels.text(Map.of()));

    boolean exists() {
        return version > 0;
    }
}
