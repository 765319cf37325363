package dev.baton.gateway.http;

import dev.baton.gateway.bridge.ProviderStatus;
import java.util.List;

/** The providers of models, for operators. */
public interface Providers {

    List<ProviderStatus> all();

    /**
     * Reads the configuration again. Fails with an {@link IllegalArgumentException} that says what is wrong with it; then
     * everything stays as it was.
     */
    void reload();
}
