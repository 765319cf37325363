package dev.baton.gateway.web;

/** What the API sends, for tests. */
final class Wire {

    static final String CREATED = "2026-10-01T10:00:00Z";

    private Wire() {}

    /** A row of the chat list; {@code more} are further fields, each with a comma before it. */
    static String row(String id, String title, String status, long version, String more) {
        return """
                {"id":"%s","title":"%s","status":"%s","version":%d,"model":"simulated/default","queued_messages":0,
                 "created_at":"%s","updated_at":"2026-10-01T10:00:%02dZ"%s}""".formatted(id, title, status, version, CREATED, version, more);
    }

    static String message(String id, String role, String text, long version) {
        return """
                {"type":"message","message":{"id":"%s","role":"%s","content":[{"type":"text","text":%s}],
                 "version":%d,"created_at":"%s"}}""".formatted(id, role, Json.text(text), version, CREATED);
    }

    static String words(long historyVersion, int attempt, int seq, String text) {
        return part(historyVersion, attempt, seq, "{\"type\":\"text\",\"text\":%s}".formatted(Json.text(text)));
    }

    static String part(long historyVersion, int attempt, int seq, String part) {
        return """
                {"type":"message_part","history_version":%d,"attempt":%d,"seq":%d,"role":"assistant","part":%s}""".formatted(historyVersion, attempt, seq, part);
    }

    static String status(String status) {
        return "{\"type\":\"status\",\"status\":\"%s\"}".formatted(status);
    }

    static String failure(String message, String kind, boolean retryable) {
        return """
                {"message":"%s","kind":"%s","provider":"simulated","retryable":%b,"status_code":503}""".formatted(message, kind, retryable);
    }
}
