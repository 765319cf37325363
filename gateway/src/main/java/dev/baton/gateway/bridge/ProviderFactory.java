package dev.baton.gateway.bridge;

import akka.actor.typed.ActorSystem;
import dev.baton.gateway.bridge.anthropic.AnthropicProvider;
import dev.baton.gateway.bridge.openai.OpenAiProvider;
import dev.baton.gateway.bridge.provider.Provider;
import dev.baton.gateway.bridge.provider.ProviderHttp;
import dev.baton.gateway.bridge.responses.ResponsesProvider;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/** Makes providers of what is configured. */
record ProviderFactory(ActorSystem<?> system, Clock clock, SSLContext tls) implements Bridge.Providers {

    @Override
    public Map<String, Provider> of(BridgeSettings settings) {
        var providers = new TreeMap<String, Provider>();
        settings.providers().forEach((name, provider) -> providers.put(name, provider(provider, settings)));
        return providers;
    }

    private Provider provider(ProviderSettings provider, BridgeSettings settings) {
        return switch (provider.type()) {
            case SIMULATED -> new SimulatedProvider(provider.name());
            case OPENAI ->
                new OpenAiProvider(
                        http(provider, settings),
                        model -> provider.models()
                                .getOrDefault(model, ModelSettings.UNKNOWN)
                                .continueWith());
            case OPENAI_RESPONSES -> new ResponsesProvider(http(provider, settings));
            case ANTHROPIC -> new AnthropicProvider(http(provider, settings));
        };
    }

    private ProviderHttp http(ProviderSettings provider, BridgeSettings settings) {
        var baseUrl = Objects.requireNonNull(provider.baseUrl(), "checked by ProviderSettings");
        return new ProviderHttp(
                system,
                new ProviderHttp.Place(provider.name(), baseUrl, provider.apiKeys()),
                tls,
                settings.connectTimeout(),
                settings.silenceTimeout(),
                clock);
    }
}
