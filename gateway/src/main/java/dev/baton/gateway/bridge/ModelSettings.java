package dev.baton.gateway.bridge;

import dev.baton.gateway.bridge.openai.ContinueWith;
import dev.baton.gateway.bridge.provider.ModelOptions;
import dev.baton.persistence.ledger.Price;
import dev.baton.runner.model.TakeoverMode;
import org.jspecify.annotations.Nullable;

/**
 * What is known about one model. {@code context}: the tokens it can read; {@code takeover}: the best way to go on;
 * {@code continueWith}: what its server wants to be told to continue; {@code options}: how it is to be asked.
 */
public record ModelSettings(
        @Nullable Integer context,
        TakeoverMode takeover,
        ContinueWith continueWith,
        @Nullable Price price,
        ModelOptions options) {

    /** A model that nothing was said about: asking again is right for every one. */
    public static final ModelSettings UNKNOWN = new ModelSettings(null, TakeoverMode.RESTART, ContinueWith.PLAIN, null);

    public ModelSettings {
        options = options.kept(takeover == TakeoverMode.REATTACH);
    }

    /** A model that is asked without any options. */
    public ModelSettings(
            @Nullable Integer context, TakeoverMode takeover, ContinueWith continueWith, @Nullable Price price) {
        this(context, takeover, continueWith, price, ModelOptions.NONE);
    }
}
