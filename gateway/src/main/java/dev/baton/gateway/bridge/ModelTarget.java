package dev.baton.gateway.bridge;

import dev.baton.runner.model.TakeoverMode;

/** A model at a provider. {@code model} is the name that the provider knows it by. */
public record ModelTarget(String provider, String model, ModelSettings settings) {

    /** The full name, {@code provider/model}. */
    public String name() {
        return provider + "/" + model;
    }

    boolean canContinue() {
        return settings.takeover() == TakeoverMode.CONTINUE;
    }

    boolean canReattach() {
        return settings.takeover() == TakeoverMode.REATTACH;
    }
}
