package dev.baton.persistence.chat;

/** How much of a thing one chat may have. Lengths are in Unicode code points. */
public record ChatLimits(int queuedMessages, int clientTools, int labels, int labelLength, int titleLength) {
    public ChatLimits {
        requirePositive("queued-messages", queuedMessages);
        requirePositive("client-tools", clientTools);
        requirePositive("labels", labels);
        requirePositive("label-length", labelLength);
        requirePositive("title-length", titleLength);
    }

    private static void requirePositive(String key, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("baton.limits." + key + " (" + value + ") must be at least 1");
        }
    }
}
