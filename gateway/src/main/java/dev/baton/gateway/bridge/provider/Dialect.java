package dev.baton.gateway.bridge.provider;

/** What clients and providers speak. {@code path}: where it is spoken, below the base URL of either. */
public enum Dialect {
    COMPLETIONS("Chat Completions", "/chat/completions"),
    RESPONSES("Responses", "/responses"),
    MESSAGES("Messages", "/messages");

    private final String words;
    private final String path;

    Dialect(String words, String path) {
        this.words = words;
        this.path = path;
    }

    public String path() {
        return path;
    }

    @Override
    public String toString() {
        return words;
    }
}
