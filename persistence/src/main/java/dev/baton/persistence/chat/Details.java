package dev.baton.persistence.chat;

import java.util.Map;

/** What people may change about a chat at any time. An empty title means that the first message will give one. */
public record Details(String title, Map<String, String> labels, boolean pinned) {
    static final Details NONE = new Details("", Map.of(), false);

    public Details {
        labels = Map.copyOf(labels);
    }
}
