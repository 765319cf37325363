package dev.baton.persistence.parts;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

/** Deletes the parts that processes have left behind, on the one node whose turn it is; runs, then waits. */
public final class OrphanSweep extends AbstractOnMessageBehavior<OrphanSweep.Command> {

    /** What the sweep tells itself. */
    public sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(OrphanSweep sweep);
    }

    record Due() implements Command {
        @Override
        public Behavior<Command> deliverTo(OrphanSweep sweep) {
            return sweep.on(this);
        }
    }

    record Swept(int count) implements Command {
        @Override
        public Behavior<Command> deliverTo(OrphanSweep sweep) {
            return sweep.on(this);
        }
    }

    private final ActorContext<Command> context;
    private final PartWriter log;
    private final PartSettings settings;
    private final BooleanSupplier isMyTurn;

    private OrphanSweep(
            ActorContext<Command> context, PartWriter log, PartSettings settings, BooleanSupplier isMyTurn) {
        super(context);
        this.context = context;
        this.log = log;
        this.settings = settings;
        this.isMyTurn = isMyTurn;
    }

    public static Behavior<Command> create(PartWriter log, PartSettings settings, BooleanSupplier isMyTurn) {
        return Behaviors.setup(context -> {
            var sweep = new OrphanSweep(context, log, settings, isMyTurn);
            sweep.await();
            return sweep;
        });
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    private void await() {
        context.scheduleOnce(settings.orphanInterval(), context.getSelf(), new Due());
    }

    Behavior<Command> on(Due due) {
        if (!isMyTurn.getAsBoolean()) {
            await();
            return this;
        }
        context.pipeToSelf(delete(), (count, failure) -> new Swept(failure == null ? count : 0));
        return this;
    }

    private CompletionStage<Integer> delete() {
        try {
            return log.deleteOrphans();
        } catch (RejectedExecutionException busy) {
            return CompletableFuture.failedFuture(busy);
        }
    }

    /** A full batch says that there is more. */
    Behavior<Command> on(Swept swept) {
        if (swept.count() > 0) {
            context.getLog().info("{} parts of answers that ended were left behind and are deleted", swept.count());
        }
        if (swept.count() == settings.orphanBatch()) {
            return on(new Due());
        }
        await();
        return this;
    }
}
