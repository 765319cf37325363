package dev.baton.persistence.ledger;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.schema.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Ends the calls of nodes that are gone and forgets old ones, on the one node whose turn it is; runs, then waits.
 *
 * <p>It looks again whenever the nodes that live have changed, since what the part log knows of a call is gone once its chat
 * has gone on.
 */
public final class LedgerUpkeep extends AbstractOnMessageBehavior<LedgerUpkeep.Command> {

    /** What it can be told. */
    public sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(LedgerUpkeep upkeep);
    }

    /** Nodes may have come or gone. */
    public record Look() implements Command {
        @Override
        public Behavior<Command> deliverTo(LedgerUpkeep upkeep) {
            return upkeep.on(this);
        }
    }

    record Due() implements Command {
        @Override
        public Behavior<Command> deliverTo(LedgerUpkeep upkeep) {
            return upkeep.on(this);
        }
    }

    record Ended(Set<NodeId> live, int count, boolean failed) implements Command {
        @Override
        public Behavior<Command> deliverTo(LedgerUpkeep upkeep) {
            return upkeep.on(this);
        }
    }

    record Purged(int count) implements Command {
        @Override
        public Behavior<Command> deliverTo(LedgerUpkeep upkeep) {
            return upkeep.on(this);
        }
    }

    /** {@code orphans}: is told how many calls were ended. */
    public record Turn(BooleanSupplier isMine, Supplier<Set<NodeId>> live, Clock clock, IntConsumer orphans) {}

    private final ActorContext<Command> context;
    private final OrphanCalls calls;
    private final Executor executor;
    private final LedgerSettings settings;
    private final Turn turn;
    /** Those that lived when no call of any other node was left. */
    private Set<NodeId> looked = Set.of();

    private boolean busy;
    private boolean again;

    private LedgerUpkeep(
            ActorContext<Command> context, OrphanCalls calls, Executor executor, LedgerSettings settings, Turn turn) {
        super(context);
        this.context = context;
        this.calls = calls;
        this.executor = executor;
        this.settings = settings;
        this.turn = turn;
    }

    public static Behavior<Command> create(Database database, LedgerSettings settings, Turn turn) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new Due(), settings.upkeepInterval());
            return new LedgerUpkeep(context, new OrphanCalls(database, settings), database.executor(), settings, turn);
        }));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    Behavior<Command> on(Look look) {
        Set<NodeId> live = turn.live().get();
        return live.equals(looked) ? this : end(live);
    }

    private Behavior<Command> end(Set<NodeId> live) {
        if (!turn.isMine().getAsBoolean()) {
            return this;
        }
        if (busy) {
            again = true;
            return this;
        }
        busy = true;
        Instant now = turn.clock().instant();
        context.pipeToSelf(
                run(() -> calls.end(live, now, settings.batch())),
                (count, failure) -> new Ended(live, failure == null ? count : 0, failure != null));
        return this;
    }

    private Behavior<Command> on(Ended ended) {
        busy = false;
        if (ended.count() > 0) {
            turn.orphans().accept(ended.count());
            context.getLog()
                    .info("{} calls of models were left open by nodes that are gone and are ended", ended.count());
        }
        if (ended.count() == settings.batch() || again) {
            again = false;
            return end(turn.live().get());
        }
        looked = ended.failed() ? Set.of() : ended.live();
        return this;
    }

    Behavior<Command> on(Due due) {
        if (!turn.isMine().getAsBoolean()) {
            return this;
        }
        Behavior<Command> unused = end(turn.live().get());
        return settings.keep().isZero() ? this : purge();
    }

    private Behavior<Command> purge() {
        Instant end = turn.clock().instant().minus(settings.keep());
        context.pipeToSelf(
                run(() -> calls.purge(end, settings.batch())),
                (count, failure) -> new Purged(failure == null ? count : 0));
        return this;
    }

    /** A full batch says that there is more. */
    private Behavior<Command> on(Purged purged) {
        return purged.count() < settings.batch() ? this : purge();
    }

    private <T> CompletionStage<T> run(Supplier<T> work) {
        try {
            return CompletableFuture.supplyAsync(work, executor);
        } catch (RejectedExecutionException busyNow) {
            return CompletableFuture.failedFuture(busyNow);
        }
    }
}
