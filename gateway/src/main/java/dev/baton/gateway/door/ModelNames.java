package dev.baton.gateway.door;

import org.jspecify.annotations.Nullable;

/** Model names at the doors: {@code chat/<model>} is a chat with that model; others are for the provider itself. */
public final class ModelNames {
    public static final String PREFIX = "chat/";

    private ModelNames() {}

    public static String of(String model) {
        return PREFIX + model;
    }

    /** The model of the chat that {@code name} asks for. {@code known}: a chat is named beside it. */
    public static @Nullable String chat(@Nullable String name, boolean known) {
        if (name == null && known) {
            return null;
        }
        if (name == null) {
            throw Refused.field("model", "model is missing");
        }
        if (!name.startsWith(PREFIX)) {
            throw new Refused(
                    400,
                    "model_unknown",
                    "\"%s\" is no chat's model; \"%s%s\" is a durable chat with it".formatted(name, PREFIX, name),
                    "model");
        }
        return name.substring(PREFIX.length());
    }
}
