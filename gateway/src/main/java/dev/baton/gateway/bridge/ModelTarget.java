package dev.baton.gateway.bridge;

/** A model at a provider. {@code model} is the name that the provider knows it by. */
public record ModelTarget(String provider, String model, ModelSettings settings) {

    /** The full name, {@code provider/model}. */
    public String name() {
        return provider + "/" + model;
    }
}
