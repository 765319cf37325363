package dev.baton.gateway.bridge;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The settings of {@code baton.bridge}; {@code reference.conf} holds the defaults and says what each is for. */
public record BridgeSettings(
        Map<String, ProviderSettings> providers,
        String defaultModel,
        Duration silenceTimeout,
        Duration connectTimeout,
        Duration closeLimit) {
    private static final String PATH = "baton.bridge";

    public BridgeSettings {
        providers = Collections.unmodifiableMap(new TreeMap<>(providers));
        var problems = new Problems(PATH);
        if (new ModelCatalog(providers, defaultModel).resolve(defaultModel)
                instanceof ModelCatalog.Unresolved unresolved) {
            problems.add("default-model", "(%s) must name a model: %s".formatted(defaultModel, unresolved.reason()));
        }
        requirePositive(problems, "silence-timeout", silenceTimeout);
        requirePositive(problems, "connect-timeout", connectTimeout);
        problems.require(!closeLimit.isNegative(), "close-limit", "(%s) must not be negative".formatted(closeLimit));
        problems.throwIfAny();
    }

    /** All that is wrong is told in one exception. */
    public static BridgeSettings from(Config root) {
        Config config = root.getConfig(PATH);
        var problems = new Problems(PATH);
        var providers = new TreeMap<String, ProviderSettings>();
        problems.read(() -> config.getObject("providers"))
                .ifPresent(blocks -> blocks.forEach((name, block) -> {
                    if (block.valueType() != ConfigValueType.NULL) {
                        problems.read(() -> ProviderReader.read(name, block))
                                .ifPresent(provider -> providers.put(name, provider));
                    }
                }));
        var defaultModel = problems.read(() -> config.getString("default-model"));
        var silence = problems.read(() -> config.getDuration("silence-timeout"));
        var connect = problems.read(() -> config.getDuration("connect-timeout"));
        var close = problems.read(() -> config.getDuration("close-limit"));
        problems.throwIfAny();
        return new BridgeSettings(
                providers,
                defaultModel.orElseThrow(),
                silence.orElseThrow(),
                connect.orElseThrow(),
                close.orElseThrow());
    }

    private static void requirePositive(Problems problems, String key, Duration value) {
        problems.require(
                !value.isNegative() && !value.isZero(), key, "(%s) must be longer than nothing".formatted(value));
    }
}
