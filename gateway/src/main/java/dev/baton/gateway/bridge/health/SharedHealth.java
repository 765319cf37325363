package dev.baton.gateway.bridge.health;

import java.time.Instant;
import java.util.function.BiConsumer;

/** How nodes tell each other what they have learned. The newest word on a subject counts; it may come late, or never. */
public interface SharedHealth {
    /** For a node that has no others. */
    SharedHealth ALONE = new SharedHealth() {
        @Override
        public void tell(String subject, Instant until) {}

        @Override
        public void hear(BiConsumer<String, Instant> listener) {}
    };

    /** {@code subject} is left alone {@code until} then; what is past means no longer. */
    void tell(String subject, Instant until);

    /** {@code listener} hears all that is told from now on, its own words included, from any thread. */
    void hear(BiConsumer<String, Instant> listener);
}
