package dev.baton.gateway.http;

import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The models that chats may name. */
public interface Models {

    /** A model under its whole name, {@code provider/model}. {@code context}: tokens that it can read. */
    record Model(
            String id,
            String provider,
            String name,
            @Nullable Integer context) {}

    Model defaultModel();

    List<Model> all();

    /** The model that {@code name} means; throws {@link ErrorCode#MODEL_UNKNOWN} when it means none. */
    Model named(String name);

    static ChatException unknown(String reason) {
        return new ChatException(ErrorCode.MODEL_UNKNOWN, reason);
    }
}
