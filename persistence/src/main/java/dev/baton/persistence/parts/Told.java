package dev.baton.persistence.parts;

import dev.baton.persistence.chat.Usage;
import org.jspecify.annotations.Nullable;

/**
 * What a provider has told of an answer besides its words. {@code position}: where it stands after the last part, for
 * providers that keep their answers; {@code earlier}: what calls cost that were cut before this one; {@code usage}: what
 * this call has cost so far; {@code finish}: why the answer ended, when it has.
 */
public record Told(
        @Nullable String position,
        Usage earlier,
        Usage usage,
        @Nullable String finish) {
    public static final Told NOTHING = new Told(null, Usage.NONE, Usage.NONE, null);

    /** All that was paid for the answer. */
    public Usage total() {
        return earlier.plus(usage);
    }

    Told withoutPosition() {
        return position == null ? this : new Told(null, earlier, usage, finish);
    }
}
