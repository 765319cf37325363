package dev.baton.gateway.bridge;

import dev.baton.gateway.bridge.openai.ContinueWith;
import dev.baton.gateway.bridge.provider.ApiKey;
import dev.baton.gateway.bridge.provider.ModelOptions;
import dev.baton.persistence.ledger.Price;
import dev.baton.runner.model.TakeoverMode;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One configured provider. {@code models} are those it may be asked for; when empty, any. */
public record ProviderSettings(
        String name,
        ProviderType type,
        boolean enabled,
        @Nullable URI baseUrl,
        List<ApiKey> apiKeys,
        Map<String, ModelSettings> models) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");

    public ProviderSettings {
        apiKeys = List.copyOf(apiKeys);
        models = Collections.unmodifiableMap(new TreeMap<>(models));
        var problems = new Problems(pathOf(name));
        problems.require(
                NAME.matcher(name).matches(), "", "must be named by letters, digits, dots, hyphens and underscores");
        if (type == ProviderType.SIMULATED) {
            problems.require(
                    baseUrl == null && apiKeys.isEmpty(),
                    "",
                    "is of type simulated and must have neither base-url nor api-keys");
        } else {
            checkBaseUrl(type, baseUrl, problems);
            for (int i = 0; i < apiKeys.size(); i++) {
                problems.require(
                        apiKeys.get(i).isWellFormed(), "api-keys." + i, "must be visible ASCII without spaces");
            }
        }
        models.forEach((model, settings) -> checkModel(type, model, settings, problems));
        problems.throwIfAny();
    }

    static String pathOf(String name) {
        return "baton.bridge.providers." + name;
    }

    private static void checkBaseUrl(ProviderType type, @Nullable URI url, Problems problems) {
        if (url == null) {
            problems.add("base-url", "must be set for type " + type);
            return;
        }
        boolean web = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        problems.require(
                web && url.getHost() != null, "base-url", "(%s) must be an http or https URL".formatted(shown(url)));
        problems.require(
                url.getUserInfo() == null && url.getQuery() == null && url.getFragment() == null,
                "base-url",
                "(%s) must have no user, query or fragment; keys belong into api-keys".formatted(shown(url)));
    }

    /** The URL without what may be a secret in it. */
    private static String shown(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
    }

    private static void checkModel(ProviderType type, String model, ModelSettings settings, Problems problems) {
        String path = "models.\"" + model + "\"";
        problems.require(!model.isBlank(), path, "must not be blank");
        Integer context = settings.context();
        problems.require(context == null || context > 0, path + ".context", "(%s) must be positive".formatted(context));
        problems.require(
                type.takeover().contains(settings.takeover()),
                path + ".takeover",
                "(%s) is not possible with type %s".formatted(settings.takeover(), type));
        problems.require(
                settings.continueWith() == ContinueWith.PLAIN
                        || (type == ProviderType.OPENAI && settings.takeover() == TakeoverMode.CONTINUE),
                path + ".continue-with",
                "(%s) needs type openai and takeover = continue".formatted(settings.continueWith()));
        Price price = settings.price();
        problems.require(
                price == null
                        || Stream.of(price.input(), price.output(), price.cached(), price.cacheWrite())
                                .allMatch(each -> each.signum() >= 0 && each.scale() <= Price.MOST_DIGITS),
                path + ".price",
                "must not be negative, nor have more than %d decimals".formatted(Price.MOST_DIGITS));
        checkOptions(type, path, settings, problems);
    }

    private static void checkOptions(ProviderType type, String path, ModelSettings settings, Problems problems) {
        ModelOptions options = settings.options();
        Integer most = options.maxOutput();
        problems.require(most == null || most > 0, path + ".max-output", "(%s) must be positive".formatted(most));
        problems.require(
                options.effort() == null || type != ProviderType.SIMULATED,
                path + ".effort",
                "is not known to type " + type);
        problems.require(!options.cache() || type == ProviderType.ANTHROPIC, path + ".cache", "needs type anthropic");
        ModelOptions.Thinking thinking = options.thinking();
        problems.require(
                !thinking.on() || type == ProviderType.ANTHROPIC || type == ProviderType.OPENAI_RESPONSES,
                path + ".thinking",
                "needs type anthropic or openai-responses");
        problems.require(
                !thinking.on() || settings.takeover() != TakeoverMode.CONTINUE,
                path + ".takeover",
                "(continue) is not possible with thinking: such a model cannot be given a beginning");
        problems.require(
                thinking.budget() == 0
                        || (type == ProviderType.ANTHROPIC
                                && thinking.budget() >= 1024
                                && most != null
                                && thinking.budget() < most),
                path + ".thinking",
                "(%d) must be at least 1024 and less than max-output, and needs type anthropic"
                        .formatted(thinking.budget()));
    }
}
