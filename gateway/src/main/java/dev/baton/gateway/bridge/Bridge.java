package dev.baton.gateway.bridge;

import akka.Done;
import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.stream.KillSwitches;
import akka.stream.SharedKillSwitch;
import akka.stream.javadsl.Source;
import dev.baton.gateway.bridge.health.Health;
import dev.baton.gateway.bridge.health.SharedHealth;
import dev.baton.gateway.bridge.limit.OwnerLimits;
import dev.baton.gateway.bridge.provider.ApiKey;
import dev.baton.gateway.bridge.provider.Dialect;
import dev.baton.gateway.bridge.provider.Provider;
import dev.baton.runner.model.ModelClient;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelRequest;
import dev.baton.runner.model.TakeoverMode;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/**
 * Takes every model call to a provider that is configured for it.
 *
 * <p>Closing is an absolute drain barrier: from its first moment newcomers are refused, calls under way may end until
 * the limit and are cancelled then, and when the stage completes nothing that the bridge started is alive.
 *
 * <p>The configuration may change while calls are under way; each keeps to the one that it began with.
 */
public final class Bridge implements ModelClient {
    private final Providers making;
    private final Health health;
    private final BridgeMeter meter;
    private final Around around;
    private final OwnerLimits limits;
    private final SharedKillSwitch ending = KillSwitches.shared("bridge");
    private final OpenCalls calls;
    private final Relays relays;
    private volatile Setup setup;

    private Bridge(
            ActorSystem<?> system,
            Setup setup,
            Providers making,
            Health health,
            BridgeMeter meter,
            Around around,
            OwnerLimits limits) {
        this.setup = setup;
        this.making = making;
        this.health = health;
        this.meter = meter;
        this.around = around;
        this.limits = limits;
        this.relays = new Relays(system, health, meter, limits, around.relays());
        this.calls = new OpenCalls(
                this::endAll,
                (delay, action) -> system.scheduler().scheduleOnce(delay, action, system.executionContext()));
    }

    private void endAll() {
        ending.abort(Refusals.closing());
        relays.giveUpAll(Refusals.closing());
    }

    /** A bridge that goes to {@code providers}, for tests. */
    Bridge(ActorSystem<?> system, BridgeSettings settings, Map<String, Provider> providers, Clock clock) {
        this(
                system,
                Setup.of(settings, providers),
                unused -> providers,
                new Health(settings.health(), clock, SharedHealth.ALONE),
                BridgeMeter.NONE,
                Around.NOTHING,
                OwnerLimits.NONE);
    }

    /** What stands around calls: those of runners, and those that are made for requests which are passed on. */
    public record Around(AroundCalls calls, AroundRelays relays) {
        public static final Around NOTHING = new Around(AroundCalls.NOTHING, AroundRelays.NOTHING);
    }

    /** Makes the providers that {@code settings} name. */
    interface Providers {
        Map<String, Provider> of(BridgeSettings settings);
    }

    /** A bridge of a node that has no others, to the providers that {@code settings} name. */
    public static Bridge create(ActorSystem<?> system, BridgeSettings settings, Clock clock) {
        return create(system, settings, clock, SharedHealth.ALONE, BridgeMeter.NONE, Around.NOTHING, OwnerLimits.NONE);
    }

    /**
     * A bridge to the providers that {@code settings} name; {@code others}: who learns how they fare, and tells it; {@code
     * around}: what stands around each call of a provider; {@code limits}: who has room for how many calls.
     */
    public static Bridge create(
            ActorSystem<?> system,
            BridgeSettings settings,
            Clock clock,
            SharedHealth others,
            BridgeMeter meter,
            Around around,
            OwnerLimits limits) {
        try {
            return create(system, settings, clock, SSLContext.getDefault(), others, meter, around, limits);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("this Java has no TLS", missing);
        }
    }

    static Bridge create(
            ActorSystem<?> system,
            BridgeSettings settings,
            Clock clock,
            SSLContext tls,
            SharedHealth others,
            BridgeMeter meter,
            Around around,
            OwnerLimits limits) {
        Providers making = new ProviderFactory(system, clock, tls);
        return new Bridge(
                system,
                Setup.of(settings, making.of(settings)),
                making,
                new Health(settings.health(), clock, others),
                meter,
                around,
                limits);
    }

    /** What models there are, and what their names mean, as it is configured now. */
    public ModelCatalog catalog() {
        return setup.catalog();
    }

    /** How many calls are under way. */
    public int openCalls() {
        return calls.count();
    }

    /** How the providers fare, as far as this node knows. */
    public List<ProviderStatus> providers() {
        return ProviderStatus.all(setup, health);
    }

    /** From now on calls are made by {@code settings}; those under way end as they began. The limits stay as they were. */
    public synchronized void reload(BridgeSettings settings) {
        Setup before = setup;
        setup = Setup.of(settings, making.of(settings));
        var unused = close(before);
        before.settings().providers().forEach((name, provider) -> {
            if (!provider.equals(settings.providers().get(name))) {
                health.forget(name);
            }
        });
    }

    @Override
    public Source<ModelEvent, NotUsed> call(ModelRequest request) {
        return Source.fromMaterializer((materializer, attributes) -> start(request))
                .mapError(Throwable.class, Refusals::classified)
                .mapMaterializedValue(started -> NotUsed.getInstance());
    }

    /** Passes {@code request} on, and its answer back. */
    public Relay relay(RelayRequest request) {
        Setup now = setup;
        Optional<Route> route = now.catalog().resolve(request.model()).route();
        if (route.isEmpty()) {
            return Relay.refused(Refusals.unknownModel(request.model()));
        }
        if (!calls.enter()) {
            return Relay.refused(Refusals.closing());
        }
        var alive = new Alive();
        try {
            Relay relay = relays.begin(now, route.get(), request, alive::with);
            alive.without(relay.over());
            return relay;
        } catch (RuntimeException notStarted) {
            calls.leave();
            throw notStarted;
        }
    }

    /** In which dialects requests for {@code model} can be passed on; empty when there is no such model. */
    public Optional<Set<Dialect>> dialects(String model) {
        Setup now = setup;
        return now.catalog()
                .resolve(model)
                .route()
                .map(route -> route.targets().stream()
                        .flatMap(target -> now.typeOf(target).dialect().stream())
                        .collect(Collectors.toSet()));
    }

    /** What the targets can do, no better than what was configured for them. */
    @Override
    public Set<TakeoverMode> takeover(String model) {
        var can = EnumSet.of(TakeoverMode.RESTART);
        Setup now = setup;
        now.catalog()
                .resolve(model)
                .route()
                .ifPresent(route -> route.targets().stream()
                        .filter(target -> now.providerOf(target).isPresent())
                        .forEach(target -> can.add(target.settings().takeover())));
        return can;
    }

    @Override
    public void abandon(String model, String position) {
        Setup now = setup;
        KeptAt.parse(position)
                .ifPresent(kept -> now.catalog()
                        .target(kept.target())
                        .ifPresent(target -> now.providerOf(target)
                                .ifPresent(provider -> abandon(
                                        provider, health.keyOf(now.keysOf(target), kept.print()), kept.position()))));
    }

    private void abandon(Provider provider, Optional<ApiKey> key, String position) {
        if (calls.enter()) {
            var unused = provider.abandon(key, position).whenComplete((done, failure) -> calls.leave());
        }
    }

    /** Closes with the configured limit. */
    public CompletionStage<Done> close() {
        return close(setup.settings().closeLimit());
    }

    /** Closes; as often and from as many threads as you like: the shortest limit counts, and all get the same end. */
    public CompletionStage<Done> close(Duration limit) {
        return calls.close(limit).thenCompose(drained -> {
            relays.close();
            return close(setup);
        });
    }

    private static CompletionStage<Done> close(Setup setup) {
        return CompletableFuture.allOf(setup.providers().values().stream()
                        .map(provider -> provider.close().toCompletableFuture())
                        .toArray(CompletableFuture[]::new))
                .thenApply(closed -> Done.getInstance());
    }

    private Source<ModelEvent, NotUsed> start(ModelRequest request) {
        Setup now = setup;
        if (!(now.catalog().resolve(request.model()) instanceof ModelCatalog.Resolved resolved)) {
            return Source.failed(Refusals.unknownModel(request.model()));
        }
        if (!calls.enter()) {
            return Source.failed(Refusals.closing());
        }
        var alive = new Alive();
        var attempts = new Attempts(now, resolved.model(), request, health, meter, around.calls(), alive::with);
        try {
            return withRoom(request.owner(), attempts)
                    .watchTermination((started, ended) -> {
                        alive.without(ended);
                        return started;
                    })
                    .via(ending.flow());
        } catch (RuntimeException notStarted) {
            calls.leave();
            return Source.failed(Refusals.classified(notStarted));
        }
    }

    private Source<ModelEvent, NotUsed> withRoom(String owner, Attempts attempts) {
        if (limits == OwnerLimits.NONE) {
            return attempts.source();
        }
        CompletionStage<OwnerLimits.Room> room = limits.enter(owner);
        return Source.completionStageSource(room.thenApply(answer -> answer instanceof OwnerLimits.Full full
                        ? Source.<ModelEvent>failed(Refusals.noRoom(full.retryAfter()))
                        : attempts.source()))
                .watchTermination((started, over) -> {
                    var unused = over.whenComplete((done, failure) -> room.thenAccept(Bridge::leave));
                    return NotUsed.getInstance();
                });
    }

    private static void leave(OwnerLimits.Room room) {
        if (room instanceof OwnerLimits.Entered entered) {
            entered.leave().run();
        }
    }

    /** Counts what is left of one call: its stream and its connections. It has left when nothing is. */
    private final class Alive {
        private final AtomicInteger left = new AtomicInteger(1);

        void with(CompletionStage<Done> connection) {
            left.incrementAndGet();
            without(connection);
        }

        void without(CompletionStage<Done> part) {
            var unused = part.whenComplete((done, failure) -> {
                if (left.decrementAndGet() == 0) {
                    calls.leave();
                }
            });
        }
    }
}
