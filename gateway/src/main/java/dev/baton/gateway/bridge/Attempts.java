package dev.baton.gateway.bridge;

import akka.Done;
import akka.NotUsed;
import akka.japi.pf.PFBuilder;
import akka.stream.Graph;
import akka.stream.SourceShape;
import akka.stream.javadsl.Source;
import dev.baton.gateway.bridge.health.Health;
import dev.baton.gateway.bridge.health.Keys;
import dev.baton.gateway.bridge.provider.ApiKey;
import dev.baton.gateway.bridge.provider.Provider;
import dev.baton.gateway.bridge.provider.ProviderCall;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.GoingOn;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelException;
import dev.baton.runner.model.ModelRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call, which goes from key to key and from target to target for as long as nobody can see a seam.
 *
 * <p>Before the first word every target will do. After it only one that goes on: the provider that keeps the answer is asked
 * again for the rest, or another is given what was said as its beginning. When there is none, the failure stands.
 *
 * <p>Used by one stream, in which everything happens one after the other.
 */
final class Attempts {
    private static final int MOST = 16;
    private static final int MOST_REATTACHED = 3;
    private static final Duration REATTACH_DELAY = Duration.ofMillis(100);

    private final Setup setup;
    private final Route route;
    private final ModelRequest request;
    private final Health health;
    private final BridgeMeter meter;
    private final AroundCalls around;
    private final Consumer<CompletionStage<Done>> watch;

    private final Set<String> givenUp = new HashSet<>();
    private final Set<String> triedKeys = new HashSet<>();
    private final List<Part> said;
    private Usage paidBefore = Usage.NONE;
    private Usage paid = Usage.NONE;
    private @Nullable String position;
    private @Nullable Attempt current;
    private @Nullable ModelException broke;
    private int reattached;
    private boolean over;

    /** {@code watch} is given, for each connection, what completes when nothing is left of it. */
    Attempts(
            Setup setup,
            Route route,
            ModelRequest request,
            Health health,
            BridgeMeter meter,
            AroundCalls around,
            Consumer<CompletionStage<Done>> watch) {
        this.setup = setup;
        this.route = route;
        this.request = request;
        this.health = health;
        this.meter = meter;
        this.around = around;
        this.watch = watch;
        this.said = new ArrayList<>(request.said());
    }

    Source<ModelEvent, NotUsed> source() {
        Source<ModelEvent, NotUsed> first = request.goingOn() instanceof GoingOn.FromPosition from
                ? reattach(from)
                : next().orElseGet(() -> Source.failed(nobody()));
        return first.recoverWithRetries(
                MOST,
                new PFBuilder<Throwable, Graph<SourceShape<ModelEvent>, NotUsed>>()
                        .match(ModelException.class, failure -> !over, this::after)
                        .build());
    }

    private Source<ModelEvent, NotUsed> reattach(GoingOn.FromPosition from) {
        Optional<KeptAt> kept = KeptAt.parse(from.position());
        Optional<ModelTarget> target =
                kept.flatMap(at -> setup.catalog().target(at.target())).filter(ModelTarget::canReattach);
        Optional<Provider> provider = target.flatMap(setup::providerOf);
        if (kept.isEmpty() || target.isEmpty() || provider.isEmpty()) {
            return Source.single(new ModelEvent.Forgotten());
        }
        position = kept.get().position();
        Optional<ApiKey> key =
                health.keyOf(setup.keysOf(target.get()), kept.get().print());
        var picked = new Keys.Picked(
                key.or(() -> setup.keysOf(target.get()).stream().findFirst()),
                kept.get().print());
        return run(
                new Attempt(target.get(), provider.get(), picked),
                goingOnFrom(kept.get().position()));
    }

    private ModelRequest goingOnFrom(String at) {
        return request.goingOn(new GoingOn.FromPosition(at, said));
    }

    /** The next target that may be called, with a key. */
    private Optional<Source<ModelEvent, NotUsed>> next() {
        for (ModelTarget target : route.targets()) {
            Optional<Provider> provider = setup.providerOf(target);
            if (givenUp.contains(target.name()) || provider.isEmpty() || !fits(target)) {
                continue;
            }
            if (current != null && !current.target.name().equals(target.name())) {
                triedKeys.clear();
            }
            Optional<Keys.Picked> key = admitted(target);
            if (key.isPresent()) {
                return Optional.of(run(new Attempt(target, provider.get(), key.get()), asking()));
            }
            givenUp.add(target.name());
        }
        return Optional.empty();
    }

    private boolean fits(ModelTarget target) {
        return said.isEmpty() || (target.canContinue() && canBeBegun());
    }

    private boolean canBeBegun() {
        return said.stream().noneMatch(Part.ToolCall.class::isInstance)
                && said.stream()
                        .anyMatch(part ->
                                part instanceof Part.Text text && !text.text().isBlank());
    }

    private ModelRequest asking() {
        return said.isEmpty() ? request : request.goingOn(new GoingOn.FromPrefix(said));
    }

    private Optional<Keys.Picked> admitted(ModelTarget target) {
        if (!setup.isWatched(target)) {
            return Optional.of(new Keys.Picked(Optional.empty(), "none")).filter(key -> triedKeys.isEmpty());
        }
        String name = setup.healthName(target);
        if (!health.admits(name)) {
            return Optional.empty();
        }
        Optional<Keys> keys = health.pick(name, setup.keysOf(target), triedKeys);
        if (keys.isPresent() && keys.get() instanceof Keys.Picked picked) {
            return Optional.of(picked);
        }
        health.unknown(name);
        return Optional.empty();
    }

    private Source<ModelEvent, NotUsed> run(Attempt attempt, ModelRequest asked) {
        if (current != null) {
            meter.failedOver(current.target, attempt.target);
        }
        current = attempt;
        meter.called(attempt.target);
        var call = new ProviderCall(
                attempt.target.model(), attempt.target.settings().options(), attempt.key.key(), asked);
        Source<ModelEvent, NotUsed> made = Source.fromMaterializer((materializer, attributes) -> attempt.provider
                        .call(call)
                        .mapMaterializedValue(gone -> {
                            watch.accept(gone);
                            return NotUsed.getInstance();
                        }))
                .mapMaterializedValue(started -> NotUsed.getInstance());
        return around.around(attempt.target, asked, made)
                .map(event -> seen(attempt, event))
                .watchTermination((started, ended) -> {
                    var unused = ended.whenComplete((done, failure) -> attempt.ended(failure));
                    return started;
                });
    }

    private ModelEvent seen(Attempt attempt, ModelEvent event) {
        if (event instanceof ModelEvent.Forgotten && broke != null) {
            throw broke;
        }
        attempt.heard();
        if (event instanceof ModelEvent.Streamed streamed) {
            said.add(streamed.part());
            position = streamed.position();
            return position == null ? event : new ModelEvent.Streamed(streamed.part(), attempt.at(position));
        }
        if (event instanceof ModelEvent.Kept kept) {
            position = kept.position();
            return new ModelEvent.Kept(attempt.at(kept.position()));
        }
        if (event instanceof ModelEvent.Used used) {
            paid = used.soFar();
            return new ModelEvent.Used(paidBefore.plus(paid));
        }
        if (event instanceof ModelEvent.Finished finished) {
            attempt.answered();
            return new ModelEvent.Finished(finished.reason(), paidBefore.plus(finished.usage()));
        }
        return event;
    }

    /** What comes after {@code failure}; itself when nothing can. */
    private Source<ModelEvent, NotUsed> after(ModelException failure) {
        Attempt failed = current;
        if (failed == null || failure.failure().provider() == null) {
            over = true;
            return Source.failed(failure);
        }
        if (failure == broke) {
            reattached = MOST_REATTACHED;
        } else {
            failed.failed(failure);
        }
        Optional<Source<ModelEvent, NotUsed>> next =
                isWorthMoving(failure.failure()) ? moved(failed, failure) : Optional.empty();
        over = next.isEmpty();
        return next.orElseGet(() -> Source.failed(failure));
    }

    private Optional<Source<ModelEvent, NotUsed>> moved(Attempt failed, ModelException failure) {
        if (position != null && failed.target.canReattach() && reattached < MOST_REATTACHED) {
            reattached++;
            broke = failure;
            return Optional.of(run(new Attempt(failed.target, failed.provider, failed.key), goingOnFrom(position))
                    .initialDelay(REATTACH_DELAY.multipliedBy(reattached)));
        }
        broke = null;
        if (position != null) {
            watch.accept(failed.provider.abandon(failed.key.key(), position));
            position = null;
        }
        paidBefore = paidBefore.plus(paid);
        paid = Usage.NONE;
        if (isOfTheKey(failure.failure())) {
            triedKeys.add(failed.key.print());
        } else {
            givenUp.add(failed.target.name());
        }
        return next();
    }

    private static boolean isWorthMoving(Failure failure) {
        return failure.retryable() || isOfTheKey(failure);
    }

    private static boolean isOfTheKey(Failure failure) {
        return switch (failure.kind()) {
            case AUTH, MISSING_KEY, USAGE_LIMIT, RATE_LIMIT -> true;
            default -> false;
        };
    }

    /** Why no target can be called now. */
    private ModelException nobody() {
        List<ModelTarget> enabled = route.targets().stream()
                .filter(target -> setup.providerOf(target).isPresent())
                .toList();
        if (enabled.isEmpty()) {
            String provider = route.first().provider();
            return Refusals.of(
                    provider + " was disabled; ask the administrator", FailureKind.PROVIDER_DISABLED, provider, false);
        }
        List<ModelTarget> fitting = enabled.stream().filter(this::fits).toList();
        if (fitting.isEmpty()) {
            return Refusals.of(
                    "no target of " + route.name() + " can go on from what was said",
                    FailureKind.CONFIG,
                    enabled.get(0).provider(),
                    false);
        }
        return leftAlone(fitting);
    }

    private ModelException leftAlone(List<ModelTarget> targets) {
        Duration wait = null;
        FailureKind kind = FailureKind.OVERLOADED;
        for (ModelTarget target : targets) {
            String name = setup.healthName(target);
            var keys = health.pick(name, setup.keysOf(target), Set.of());
            boolean aside = keys.isPresent() && keys.get() instanceof Keys.AllAside;
            Duration left = aside ? ((Keys.AllAside) keys.get()).left() : health.left(name);
            if (wait == null || left.compareTo(wait) < 0) {
                wait = left;
                kind = aside ? FailureKind.RATE_LIMIT : FailureKind.OVERLOADED;
            }
        }
        String provider = targets.get(0).provider();
        String reason = kind == FailureKind.RATE_LIMIT
                ? "%s limits the rate of requests right now".formatted(provider)
                : "%s has failed too often and is left alone for now".formatted(provider);
        return Refusals.of(reason, kind, provider, true, wait);
    }

    /** One call at one target with one key. */
    private final class Attempt {
        private final ModelTarget target;
        private final Provider provider;
        private final Keys.Picked key;
        private final boolean watched;
        private final long startedNanos = System.nanoTime();
        private boolean heard;
        private boolean told;

        Attempt(ModelTarget target, Provider provider, Keys.Picked key) {
            this.target = target;
            this.provider = provider;
            this.key = key;
            this.watched = setup.isWatched(target);
        }

        String at(String providersPosition) {
            return new KeptAt(target.name(), key.print(), providersPosition).toString();
        }

        void heard() {
            if (!heard) {
                heard = true;
                meter.begun(target, Duration.ofNanos(System.nanoTime() - startedNanos));
                if (watched) {
                    health.begun(setup.healthName(target));
                }
            }
        }

        void answered() {
            told = true;
            if (watched) {
                health.answered(setup.healthName(target), key.print());
            }
        }

        void failed(ModelException failure) {
            told = true;
            meter.failed(target, failure.failure().kind());
            if (watched) {
                health.failed(setup.healthName(target), key.print(), failure);
            }
        }

        /** A failure is told by itself; else the call was cancelled before anybody knew what would become of it. */
        void ended(@Nullable Throwable failure) {
            if (!(failure instanceof ModelException) && !told && watched) {
                health.unknown(setup.healthName(target));
            }
        }
    }
}
