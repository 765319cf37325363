package dev.baton.gateway.bridge.provider;

import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelException;
import org.jspecify.annotations.Nullable;

/** What is known of an answer that is passed on. */
public final class PassedAnswer {
    private @Nullable Usage usage;
    private @Nullable ModelException failure;
    private boolean whole;
    private boolean withheld;

    /** All that it has used so far. */
    public void used(Usage soFar) {
        usage = soFar;
    }

    /** Null when nothing was told. */
    public @Nullable Usage usage() {
        return usage;
    }

    /** The event is the last one of a whole answer. */
    public void end() {
        whole = true;
    }

    public boolean isWhole() {
        return whole;
    }

    /** The event says that the answer has failed, and nothing of it comes after. */
    public void fail(ModelException how) {
        failure = how;
    }

    public @Nullable ModelException failure() {
        return failure;
    }

    /** The event came only because it was asked for here; its client did not. */
    public void withhold() {
        withheld = true;
    }

    /** Whether the event that was read last is withheld; asked once for each. */
    public boolean takeWithheld() {
        boolean was = withheld;
        withheld = false;
        return was;
    }
}
