package dev.baton.gateway.node;

import dev.baton.persistence.chat.ChatId;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes ids of version 7 (RFC 9562): those made later sort later, which keeps the database's indexes compact. */
final class ChatIds implements Supplier<ChatId> {
    private static final long VERSION_7 = 0x7000L;
    private static final long RANDOM_A = 0x0fffL;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final long RANDOM_B = 0x3fff_ffff_ffff_ffffL;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    ChatIds(Clock clock) {
        this.clock = clock;
    }

    @Override
    public ChatId get() {
        long high = (clock.millis() << Short.SIZE) | VERSION_7 | (random.nextLong() & RANDOM_A);
        long low = VARIANT | (random.nextLong() & RANDOM_B);
        return new ChatId(new UUID(high, low));
    }
}
