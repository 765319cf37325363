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
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.GoingOn;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelException;
import dev.baton.runner.model.ModelRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final AroundCalls around;
    private final Consumer<CompletionStage<Done>> watch;

    private final Candidates candidates;
    private final List<Part> said;
    private Usage paidBefore = Usage.NONE;
    private Usage paid = Usage.NONE;
    private @Nullable String position;
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
        this.candidates = new Candidates(setup, route, health, meter);
        this.around = around;
        this.watch = watch;
        this.said = new ArrayList<>(request.said());
    }

    Source<ModelEvent, NotUsed> source() {
        Source<ModelEvent, NotUsed> first = request.goingOn() instanceof GoingOn.FromPosition from
                ? reattach(from)
                : next().orElseGet(() -> Source.failed(candidates.nobody(
                        this::fits, "no target of " + route.name() + " can go on from what was said")));
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
                candidates.attempt(target.get(), provider.get(), picked),
                goingOnFrom(kept.get().position()));
    }

    private ModelRequest goingOnFrom(String at) {
        return request.goingOn(new GoingOn.FromPosition(at, said));
    }

    private Optional<Source<ModelEvent, NotUsed>> next() {
        return candidates.next(this::fits).map(attempt -> run(attempt, asking()));
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

    private Source<ModelEvent, NotUsed> run(Attempt attempt, ModelRequest asked) {
        candidates.begin(attempt);
        ModelTarget target = attempt.target();
        var call = new ProviderCall(
                target.model(), target.settings().options(), attempt.key().key(), asked);
        Source<ModelEvent, NotUsed> made = Source.fromMaterializer((materializer, attributes) -> attempt.provider()
                        .call(call)
                        .mapMaterializedValue(gone -> {
                            watch.accept(gone);
                            return NotUsed.getInstance();
                        }))
                .mapMaterializedValue(started -> NotUsed.getInstance());
        return around.around(target, asked, made)
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
        Attempt failed = candidates.current();
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
                Candidates.isWorthMoving(failure.failure()) ? moved(failed, failure) : Optional.empty();
        over = next.isEmpty();
        return next.orElseGet(() -> Source.failed(failure));
    }

    private Optional<Source<ModelEvent, NotUsed>> moved(Attempt failed, ModelException failure) {
        if (position != null && failed.target().canReattach() && reattached < MOST_REATTACHED) {
            reattached++;
            broke = failure;
            return Optional.of(
                    run(candidates.attempt(failed.target(), failed.provider(), failed.key()), goingOnFrom(position))
                            .initialDelay(REATTACH_DELAY.multipliedBy(reattached)));
        }
        broke = null;
        if (position != null) {
            watch.accept(failed.provider().abandon(failed.key().key(), position));
            position = null;
        }
        paidBefore = paidBefore.plus(paid);
        paid = Usage.NONE;
        candidates.leave(failed, failure.failure());
        return next();
    }
}
