package dev.baton.gateway.node;

import com.typesafe.config.Config;
import dev.baton.persistence.chat.ChatLimits;

/** Reads {@code baton.limits}; {@code reference.conf} holds the defaults. */
final class Limits {

    private Limits() {}

    static ChatLimits from(Config root) {
        Config config = root.getConfig("baton.limits");
        return new ChatLimits(
                config.getInt("queued-messages"),
                config.getInt("client-tools"),
                config.getInt("labels"),
                config.getInt("label-length"),
                config.getInt("title-length"));
    }
}
