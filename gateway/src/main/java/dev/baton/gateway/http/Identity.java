package dev.baton.gateway.http;

/** Whoever sends a request. Chats belong to {@code owner} and are nobody else's business. */
public record Identity(String owner) {
    /** The one who sits at the machine, while no authentication is configured. */
    public static final Identity LOCAL = new Identity("local");
}
