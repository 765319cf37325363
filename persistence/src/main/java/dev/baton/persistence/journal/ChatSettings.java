package dev.baton.persistence.journal;

import com.typesafe.config.Config;
import java.time.Duration;

/** The settings of {@code baton.chat}; {@code reference.conf} holds the defaults and says what each is for. */
public record ChatSettings(Duration passivateAfter, int snapshotEvents, int shards) {

    public ChatSettings {
        if (passivateAfter.isNegative() || passivateAfter.isZero()) {
            throw new IllegalArgumentException("baton.chat.passivate-after (" + passivateAfter + ") must be positive");
        }
        if (snapshotEvents < 1) {
            throw new IllegalArgumentException(
                    "baton.chat.snapshot-events (" + snapshotEvents + ") must be at least 1");
        }
        if (shards < 1) {
            throw new IllegalArgumentException("baton.chat.shards (" + shards + ") must be at least 1");
        }
    }

    public static ChatSettings from(Config root) {
        Config config = root.getConfig("baton.chat");
        return new ChatSettings(
                config.getDuration("passivate-after"), config.getInt("snapshot-events"), config.getInt("shards"));
    }
}
