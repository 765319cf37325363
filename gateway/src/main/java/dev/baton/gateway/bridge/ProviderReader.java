package dev.baton.gateway.bridge;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.baton.gateway.bridge.openai.ContinueWith;
import dev.baton.gateway.bridge.provider.ApiKey;
import dev.baton.gateway.bridge.provider.ModelOptions;
import dev.baton.gateway.bridge.provider.ModelOptions.Thinking;
import dev.baton.persistence.ledger.Price;
import dev.baton.runner.model.TakeoverMode;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the block of one provider. Unknown keys are refused: most are misspelt, or names with dots without quotes. */
final class ProviderReader {
    private static final Set<String> PROVIDER_KEYS = Set.of("type", "enabled", "base-url", "api-keys", "models");
    private static final Set<String> MODEL_KEYS =
            Set.of("context", "takeover", "continue-with", "price", "max-output", "effort", "thinking", "cache");
    private static final Set<String> PRICE_KEYS = Set.of("input", "output", "cached", "cache-write");

    private final String name;
    private final Problems problems;

    private ProviderReader(String name) {
        this.name = name;
        this.problems = new Problems(ProviderSettings.pathOf(name));
    }

    static ProviderSettings read(String name, ConfigValue value) {
        return new ProviderReader(name).read(value);
    }

    private ProviderSettings read(ConfigValue value) {
        Config config = block("", value, PROVIDER_KEYS);
        var type = problems.read(() -> type(config));
        var enabled = problems.read(() -> !config.hasPath("enabled") || config.getBoolean("enabled"));
        var baseUrl =
                config.hasPath("base-url") ? problems.read(() -> url(config)).orElse(null) : null;
        var keys = problems.read(() -> keys(config));
        var models = problems.read(() -> models(config));
        problems.throwIfAny();
        return new ProviderSettings(
                name, type.orElseThrow(), enabled.orElseThrow(), baseUrl, keys.orElseThrow(), models.orElseThrow());
    }

    private ProviderType type(Config config) {
        String text = config.getString("type");
        return ProviderType.parse(text)
                .orElseThrow(() -> problem("type", "(%s) must be one of %s".formatted(text, ProviderType.known())));
    }

    private URI url(Config config) {
        String text = config.getString("base-url");
        try {
            return URI.create(text.replaceAll("/+$", ""));
        } catch (IllegalArgumentException malformed) {
            throw problem("base-url", "must be an http or https URL");
        }
    }

    /** An unset variable may stand in the list as an empty text: that is no key. */
    private static List<ApiKey> keys(Config config) {
        if (!config.hasPath("api-keys")) {
            return List.of();
        }
        return config.getStringList("api-keys").stream()
                .filter(key -> !key.isBlank())
                .map(ApiKey::new)
                .toList();
    }

    private Map<String, ModelSettings> models(Config config) {
        var models = new TreeMap<String, ModelSettings>();
        if (config.hasPath("models")) {
            config.getObject("models").forEach((model, value) -> {
                if (value.valueType() != ConfigValueType.NULL) {
                    problems.read(() -> model(model, value)).ifPresent(settings -> models.put(model, settings));
                }
            });
        }
        return models;
    }

    private ModelSettings model(String model, ConfigValue value) {
        String path = "models.\"" + model + "\"";
        Config config = block(path, value, MODEL_KEYS);
        Integer context = config.hasPath("context") ? config.getInt("context") : null;
        return new ModelSettings(
                context,
                takeover(path, config),
                continueWith(path, config),
                price(path, config),
                options(path, config));
    }

    private TakeoverMode takeover(String path, Config config) {
        if (!config.hasPath("takeover")) {
            return TakeoverMode.RESTART;
        }
        String text = config.getString("takeover");
        return TakeoverMode.parse(text)
                .orElseThrow(() ->
                        problem(path + ".takeover", "(%s) must be reattach, continue or restart".formatted(text)));
    }

    private ContinueWith continueWith(String path, Config config) {
        if (!config.hasPath("continue-with")) {
            return ContinueWith.PLAIN;
        }
        String text = config.getString("continue-with");
        return ContinueWith.parse(text)
                .orElseThrow(() -> problem(
                        path + ".continue-with", "(%s) must be one of %s".formatted(text, ContinueWith.known())));
    }

    private ModelOptions options(String path, Config config) {
        return new ModelOptions(
                config.hasPath("max-output") ? config.getInt("max-output") : null,
                config.hasPath("effort") ? config.getString("effort") : null,
                thinking(path, config),
                config.hasPath("cache") && config.getBoolean("cache"),
                /* kept= */ false);
    }

    private Thinking thinking(String path, Config config) {
        if (!config.hasPath("thinking")) {
            return Thinking.OFF;
        }
        String text = config.getString("thinking");
        if (text.equals("adaptive")) {
            return Thinking.ADAPTIVE;
        }
        if (text.equals("off") || text.equals("false")) {
            return Thinking.OFF;
        }
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw problem(path + ".thinking", "(%s) must be off, adaptive or a number of tokens".formatted(text));
        }
        return new Thinking(true, Integer.parseInt(text));
    }

    private @Nullable Price price(String path, Config config) {
        if (!config.hasPath("price")) {
            return null;
        }
        Config price = block(path + ".price", config.getValue("price"), PRICE_KEYS);
        BigDecimal input = decimal(price, "input");
        return new Price(
                input,
                decimal(price, "output"),
                price.hasPath("cached") ? decimal(price, "cached") : input,
                price.hasPath("cache-write") ? decimal(price, "cache-write") : input);
    }

    private static BigDecimal decimal(Config config, String key) {
        return new BigDecimal(config.getNumber(key).toString());
    }

    private Config block(String path, ConfigValue value, Set<String> known) {
        if (!(value instanceof ConfigObject object)) {
            throw problem(path, "must be a block");
        }
        for (String key : object.keySet()) {
            if (!known.contains(key)) {
                throw problem(
                        path.isEmpty() ? key : path + "." + key,
                        "is not known (known here: %s; a name with dots needs quotes)"
                                .formatted(String.join(
                                        ", ", known.stream().sorted().toList())));
            }
        }
        return object.toConfig();
    }

    private IllegalArgumentException problem(String key, String rule) {
        return new IllegalArgumentException(
                ProviderSettings.pathOf(name) + (key.isEmpty() ? "" : "." + key) + " " + rule);
    }
}
