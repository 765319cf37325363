package dev.baton.gateway.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.baton.gateway.bridge.Bridge;
import dev.baton.gateway.bridge.BridgeSettings;
import dev.baton.gateway.bridge.ProviderStatus;
import dev.baton.gateway.http.Providers;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bridge's providers. {@code configuration}: as the files say it now. */
record NodeProviders(Bridge bridge, Supplier<Config> configuration) implements Providers {
    private static final Logger LOG = LoggerFactory.getLogger(NodeProviders.class);

    @Override
    public List<ProviderStatus> all() {
        return bridge.providers();
    }

    @Override
    public void reload() {
        try {
            bridge.reload(BridgeSettings.from(configuration.get()));
        } catch (ConfigException unreadable) {
            throw new IllegalArgumentException(unreadable.getMessage(), unreadable);
        }
        LOG.info(
                "the providers were read again: {}",
                bridge.providers().stream().map(ProviderStatus::name).toList());
    }
}
