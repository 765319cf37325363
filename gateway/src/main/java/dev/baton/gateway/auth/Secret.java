package dev.baton.gateway.auth;

/** A text that must not be shown by accident. */
public record Secret(String text) {

    @Override
    public String toString() {
        return "(not shown)";
    }
}
