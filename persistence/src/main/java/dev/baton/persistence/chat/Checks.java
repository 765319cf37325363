package dev.baton.persistence.chat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules for what clients send in. */
final class Checks {
    /** A chat keeps some hundred of these ids, so they must not be a way to make it large. */
    private static final int CLIENT_MESSAGE_ID_LENGTH = 200;

    private Checks() {}

    static void message(NewMessage message) {
        content(message.content());
        String id = message.clientMessageId();
        if (id != null && (id.isBlank() || length(id) > CLIENT_MESSAGE_ID_LENGTH)) {
            throw new ChatException(
                    ErrorCode.REQUEST_INVALID,
                    "client message id has %d characters; 1 to %d are allowed, one of them visible"
                            .formatted(length(id), CLIENT_MESSAGE_ID_LENGTH));
        }
    }

    private static void content(List<Part> content) {
        for (Part part : content) {
            if (!(part instanceof Part.Text)) {
                throw new ChatException(
                        ErrorCode.REQUEST_INVALID,
                        "content holds a %s; a user message holds text only"
                                .formatted(part.getClass().getSimpleName()));
            }
        }
        boolean saysSomething = content.stream()
                .anyMatch(part -> part instanceof Part.Text text && !text.text().isBlank());
        if (!saysSomething) {
            throw new ChatException(ErrorCode.CONTENT_EMPTY, "content holds no text; a message must say something");
        }
    }

    /** A new chat may be without a title: its first message gives it one. */
    static void newDetails(Details details, ChatLimits limits) {
        if (!details.title().isEmpty()) {
            title(details.title(), limits);
        }
        labels(details.labels(), limits);
    }

    static void title(String title, ChatLimits limits) {
        if (title.isBlank()) {
            throw new ChatException(ErrorCode.TITLE_INVALID, "title is blank; it must have a visible character");
        }
        int length = length(title);
        if (length > limits.titleLength()) {
            throw new ChatException(
                    ErrorCode.TITLE_INVALID,
                    "title has %d characters; at most %d are allowed".formatted(length, limits.titleLength()));
        }
    }

    static void labels(Map<String, String> labels, ChatLimits limits) {
        if (labels.size() > limits.labels()) {
            throw new ChatException(
                    ErrorCode.LABELS_INVALID,
                    "labels has %d entries; at most %d are allowed".formatted(labels.size(), limits.labels()));
        }
        labels.forEach((key, value) -> label(key, value, limits));
    }

    private static void label(String key, String value, ChatLimits limits) {
        if (key.isBlank()) {
            throw new ChatException(ErrorCode.LABELS_INVALID, "a label has a blank key; keys must say something");
        }
        if (length(key) > limits.labelLength() || length(value) > limits.labelLength()) {
            throw new ChatException(
                    ErrorCode.LABELS_INVALID,
                    "label %s: key and value may have at most %d characters each".formatted(key, limits.labelLength()));
        }
    }

    static void tools(List<ClientTool> tools, ChatLimits limits) {
        if (tools.size() > limits.clientTools()) {
            throw new ChatException(
                    ErrorCode.TOOLS_INVALID,
                    "tools has %d entries; at most %d are allowed".formatted(tools.size(), limits.clientTools()));
        }
        var names = new HashSet<String>();
        for (ClientTool tool : tools) {
            if (!tool.name().matches("[A-Za-z0-9_-]{1,64}")) {
                throw new ChatException(
                        ErrorCode.TOOLS_INVALID,
                        "tool name \"%s\" must be 1 to 64 letters, digits, _ or -".formatted(tool.name()));
            }
            if (!names.add(tool.name())) {
                throw new ChatException(
                        ErrorCode.TOOLS_INVALID, "tool name \"%s\" is given twice".formatted(tool.name()));
            }
        }
    }

    /** All pending calls are answered, each once, and nothing else is. */
    static void answers(List<Part.ToolResult> results, Set<String> pending) {
        var answered = new HashSet<String>();
        for (Part.ToolResult result : results) {
            if (!pending.contains(result.callId())) {
                throw new ChatException(
                        ErrorCode.TOOL_RESULTS_MISMATCH, "no call \"%s\" is pending".formatted(result.callId()));
            }
            if (!answered.add(result.callId())) {
                throw new ChatException(
                        ErrorCode.TOOL_RESULTS_MISMATCH, "call \"%s\" is answered twice".formatted(result.callId()));
            }
        }
        if (answered.size() < pending.size()) {
            var missing = new HashSet<>(pending);
            missing.removeAll(answered);
            throw new ChatException(
                    ErrorCode.TOOL_RESULTS_MISMATCH,
                    "calls %s have no result; all pending calls must be answered at once"
                            .formatted(missing.stream().sorted().toList()));
        }
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
