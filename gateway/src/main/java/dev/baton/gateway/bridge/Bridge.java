package dev.baton.gateway.bridge;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Source;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.runner.model.ModelClient;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelException;
import dev.baton.runner.model.ModelRequest;
import dev.baton.runner.model.TakeoverMode;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes every model call to the provider that is configured for it.
 *
 * <p>Closing is an absolute drain barrier: from its first moment newcomers are refused, calls under way may end until
 * the limit and are cancelled then, and when the stage completes nothing that the bridge started is alive.
 */
public final class Bridge implements ModelClient {
    private final BridgeSettings settings;
    private final ModelCatalog catalog;
    private final Map<String, Provider> providers;
    private final SharedKillSwitch ending = KillSwitches.shared("bridge");
    private final OpenCalls calls;

    Bridge(ActorSystem<?> system, BridgeSettings settings, Map<String, Provider> providers) {
        this.settings = settings;
        this.catalog = new ModelCatalog(settings.providers(), settings.defaultModel());
        this.providers = Map.copyOf(providers);
        this.calls = new OpenCalls(
                () -> ending.abort(closing()),
                (delay, action) -> system.scheduler().scheduleOnce(delay, action, system.executionContext()));
    }

    /** A bridge to the providers that {@code settings} name. */
    public static Bridge create(ActorSystem<?> system, BridgeSettings settings, Clock clock) {
        try {
            return create(system, settings, clock, SSLContext.getDefault());
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no TLS", missing);
        }
    }

    static Bridge create(ActorSystem<?> system, BridgeSettings settings, Clock clock, SSLContext tls) {
        var providers = new TreeMap<String, Provider>();
        settings.providers()
                .forEach((name, provider) -> providers.put(
                        name,
                        switch (provider.type()) {
                            case SIMULATED -> new SimulatedProvider(name);
                            case OPENAI -> OpenAiProvider.create(system, provider, settings, clock, tls);
                        }));
        return new Bridge(system, settings, Collections.unmodifiableMap(providers));
    }

    /** What models there are, and what their names mean. */
    public ModelCatalog catalog() {
        return catalog;
    }

    /** How many calls are under way. */
    public int openCalls() {
        return calls.count();
    }

    @Override
    public Source<ModelEvent, NotUsed> call(ModelRequest request) {
        return Source.fromMaterializer((materializer, attributes) -> start(request))
                .mapError(Throwable.class, Bridge::classified)
                .mapMaterializedValue(started -> NotUsed.getInstance());
    }

    /** What the provider can do, no better than what was configured for the model. */
    @Override
    public Set<TakeoverMode> takeover(String model) {
        var can = EnumSet.of(TakeoverMode.RESTART);
        catalog.resolve(model).target().ifPresent(target -> {
            ProviderSettings provider = settings.providers().get(target.provider());
            if (provider != null) {
                can.addAll(provider.type().takeover());
                can.removeIf(mode -> mode.compareTo(target.settings().takeover()) < 0);
            }
        });
        return can;
    }

    /** Closes with the configured limit. */
    public CompletionStage<Done> close() {
        return close(settings.closeLimit());
    }

    /** Closes; as often and from as many threads as you like: the shortest limit counts, and all get the same end. */
    public CompletionStage<Done> close(Duration limit) {
        return calls.close(limit);
    }

    private Source<ModelEvent, NotUsed> start(ModelRequest request) {
        if (catalog.resolve(request.model()) instanceof ModelCatalog.Resolved resolved) {
            return start(request, resolved.model());
        }
        return Source.failed(refusal(
                "there is no model named " + request.model() + "; check model and provider",
                FailureKind.CONFIG,
                null,
                false));
    }

    private Source<ModelEvent, NotUsed> start(ModelRequest request, ModelTarget target) {
        Provider provider = providers.get(target.provider());
        ProviderSettings configured = settings.providers().get(target.provider());
        if (provider == null || configured == null || !configured.enabled()) {
            return Source.failed(refusal(
                    target.provider() + " was disabled; ask the administrator",
                    FailureKind.PROVIDER_DISABLED,
                    target.provider(),
                    false));
        }
        if (!calls.enter()) {
            return Source.failed(closing());
        }
        try {
            return provider.call(target.model(), request)
                    .mapMaterializedValue(gone -> {
                        gone.whenComplete((done, failure) -> calls.leave());
                        return NotUsed.getInstance();
                    })
                    .viaMat(ending.flow(), Keep.left());
        } catch (RuntimeException notStarted) {
            calls.leave();
            return Source.failed(classified(notStarted));
        }
    }

    /** Callers may rely on every failure being classified; what nobody foresaw is, too. */
    private static Throwable classified(Throwable failure) {
        return failure instanceof ModelException
                ? failure
                : new ModelException(
                        new Failure(
                                "the bridge failed in an unexpected way",
                                failure.getClass().getName(),
                                FailureKind.GENERIC,
                                null,
                                false,
                                null),
                        null,
                        failure);
    }

    private static ModelException closing() {
        return refusal("the bridge is closing; the call can be made again", FailureKind.GENERIC, null, true);
    }

    private static ModelException refusal(
            String message, FailureKind kind, @Nullable String provider, boolean retryable) {
        return new ModelException(new Failure(message, null, kind, provider, retryable, null), null, null);
    }
}
