package dev.baton.gateway.bridge;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValueType;
import dev.baton.gateway.bridge.health.HealthSettings;
import dev.baton.gateway.bridge.limit.LimitSettings;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The settings of {@code baton.bridge}; {@code reference.conf} holds the defaults and says what each is for. */
public record BridgeSettings(
        Map<String, ProviderSettings> providers,
        Map<String, List<String>> models,
        String defaultModel,
        HealthSettings health,
        LimitSettings limits,
        Duration silenceTimeout,
        Duration connectTimeout,
        Duration closeLimit) {
    private static final String PATH = "baton.bridge";

    public BridgeSettings {
        providers = Collections.unmodifiableMap(new TreeMap<>(providers));
        models = Collections.unmodifiableMap(new TreeMap<>(models));
        var problems = new Problems(PATH);
        var catalog = new ModelCatalog(providers, models, defaultModel);
        models.forEach((name, targets) -> checkTargets(catalog, name, targets, problems));
        if (catalog.resolve(defaultModel) instanceof ModelCatalog.Unresolved unresolved) {
            problems.add("default-model", "(%s) must name a model: %s".formatted(defaultModel, unresolved.reason()));
        }
        requirePositive(problems, "silence-timeout", silenceTimeout);
        requirePositive(problems, "connect-timeout", connectTimeout);
        problems.require(!closeLimit.isNegative(), "close-limit", "(%s) must not be negative".formatted(closeLimit));
        problems.require(
                health.failures() > 0, "breaker.failures", "(%d) must be positive".formatted(health.failures()));
        requirePositive(problems, "breaker.open-for", health.openFor());
        requirePositive(problems, "keys.refused-for", health.refusedFor());
        requirePositive(problems, "keys.pause", health.pause());
        requirePositive(problems, "keys.longest-pause", health.longestPause());
        problems.require(
                limits.concurrent() >= 0 && limits.perMinute() >= 0 && limits.queue() >= 0,
                "limits",
                "must not be negative");
        requirePositive(problems, "limits.queue-wait", limits.queueWait());
        problems.throwIfAny();
    }

    private static void checkTargets(ModelCatalog catalog, String name, List<String> targets, Problems problems) {
        String path = "models.\"" + name + "\".targets";
        problems.require(!targets.isEmpty(), path, "must not be empty");
        if (catalog.resolve(name) instanceof ModelCatalog.Unresolved unresolved && !targets.isEmpty()) {
            problems.add(path, "(%s) must name models: %s".formatted(String.join(", ", targets), unresolved.reason()));
        }
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
        var models = problems.read(() -> models(config.getObject("models"), problems));
        var health = problems.read(() -> new HealthSettings(
                config.getInt("breaker.failures"),
                config.getDuration("breaker.open-for"),
                config.getDuration("keys.refused-for"),
                config.getDuration("keys.pause"),
                config.getDuration("keys.longest-pause")));
        var limits = problems.read(() -> new LimitSettings(
                config.getInt("limits.concurrent"),
                config.getInt("limits.per-minute"),
                config.getInt("limits.queue"),
                config.getDuration("limits.queue-wait")));
        var defaultModel = problems.read(() -> config.getString("default-model"));
        var silence = problems.read(() -> config.getDuration("silence-timeout"));
        var connect = problems.read(() -> config.getDuration("connect-timeout"));
        var close = problems.read(() -> config.getDuration("close-limit"));
        problems.throwIfAny();
        return new BridgeSettings(
                providers,
                models.orElseThrow(),
                defaultModel.orElseThrow(),
                health.orElseThrow(),
                limits.orElseThrow(),
                silence.orElseThrow(),
                connect.orElseThrow(),
                close.orElseThrow());
    }

    private static Map<String, List<String>> models(ConfigObject blocks, Problems problems) {
        var models = new TreeMap<String, List<String>>();
        blocks.forEach((name, block) -> {
            if (block.valueType() == ConfigValueType.NULL) {
                return;
            }
            if (!(block instanceof ConfigObject object) || !object.keySet().equals(Set.of("targets"))) {
                problems.add("models.\"" + name + "\"", "must be a block with targets and nothing else");
                return;
            }
            problems.read(() -> object.toConfig().getStringList("targets"))
                    .ifPresent(targets -> models.put(name, List.copyOf(targets)));
        });
        return models;
    }

    private static void requirePositive(Problems problems, String key, Duration value) {
        problems.require(
                !value.isNegative() && !value.isZero(), key, "(%s) must be longer than nothing".formatted(value));
    }
}
