package dev.baton.gateway.bridge.provider;

import dev.baton.runner.model.ModelRequest;
import java.util.Optional;

/** One call at one provider. {@code model}: as the provider names it; {@code key}: empty where it wants none. */
public record ProviderCall(String model, ModelOptions options, Optional<ApiKey> key, ModelRequest request) {}
