package dev.baton.persistence.budget;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.cluster.sharding.typed.javadsl.EntityTypeKey;
import dev.baton.persistence.journal.CborSerializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one payer has spent and reserved. It decides at once and answers when the decision is written; what was decided while
 * the last write ran is the next one.
 *
 * <p>Calls whose end it is never told, since a node died or a message was lost, it asks the ledger about, again and again.
 *
 * <pre>
 * Reading  -- read ----------------------> Deciding
 * Deciding -- a write failed, or Stop ----> stopped; whoever asked hears nothing and asks again
 * </pre>
 */
public final class Account extends AbstractOnMessageBehavior<Account.Command> {
    public static final EntityTypeKey<Command> KEY = EntityTypeKey.create(Command.class, "Account");
    private static final int MOST_WAITING = 10_000;

    /** What an account can be told. */
    public sealed interface Command extends CborSerializable {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(Account account);
    }

    /**
     * Set {@code upTo} aside for {@code call} if {@code limit} allows it. {@code before}: what was spent in {@code window}
     * before, for an account that does not know. Harmless when repeated.
     */
    public record Reserve(
            UUID call,
            Amount upTo,
            Limit limit,
            String window,
            @Nullable Amount before,
            ActorRef<Reply> replyTo) implements Command {
        @Override
        public Behavior<Command> deliverTo(Account account) {
            return account.on(this);
        }
    }

    /** The call did cost {@code spent}. Harmless when late or repeated. */
    public record Settle(UUID call, Amount spent) implements Command {
        @Override
        public Behavior<Command> deliverTo(Account account) {
            return account.on(this);
        }
    }

    /** Say what is spent. */
    public record Look(ActorRef<View> replyTo) implements Command {
        @Override
        public Behavior<Command> deliverTo(Account account) {
            return account.on(this);
        }
    }

    /** There is no budget any more, so what is spent is not followed. */
    public record Close() implements Command {
        @Override
        public Behavior<Command> deliverTo(Account account) {
            return account.on(this);
        }
    }

    record Written() implements Command {
        @Override
        public Behavior<Command> deliverTo(Account account) {
            return account.on(this);
        }
    }

    record CheckDue() implements Command {
        @Override
        public Behavior<Command> deliverTo(Account account) {
            return account.on(this);
        }
    }

    record Checked(Map<UUID, Amount> ended) implements Command {
        @Override
        public Behavior<Command> deliverTo(Account account) {
            return account.on(this);
        }
    }

    record Idle() implements Command {
        @Override
        public Behavior<Command> deliverTo(Account account) {
            return account.on(this);
        }
    }

    /** Its shard moves, or it is idle. Who waits for an answer asks again, elsewhere. */
    record Stop() implements Command {
        @Override
        public Behavior<Command> deliverTo(Account account) {
            return Behaviors.stopped();
        }
    }

    record Read(AccountState state) implements Command {
        @Override
        public Behavior<Command> deliverTo(Account account) {
            return account.on(this);
        }
    }

    /** What an account answers to {@link Reserve}. */
    public sealed interface Reply extends CborSerializable {}

    /** It is set aside, and written. */
    public record Granted() implements Reply {}

    /** There is not so much left. */
    public record Denied(Amount spent, Amount reserved) implements Reply {}

    /** It does not know what was spent in that window before; say it. */
    public record NotOpen() implements Reply {}

    /** {@code window}: empty when nothing is followed. */
    public record View(String window, Amount spent, Amount reserved) implements CborSerializable {}

    /** What a node lends to the accounts that stand on it. */
    record Host(CallOutcomes outcomes, BudgetSettings settings) {}

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final Host host;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final ActorRef<AccountJournal.Write> journal;
    /** All that was decided, written or not. */
    private AccountState state;

    private final List<AccountEvent> decided = new ArrayList<>();
    private final List<AccountEvent.Reserved> reserved = new ArrayList<>();
    private final List<AccountEvent.Settled> settled = new ArrayList<>();
    private List<Runnable> answers = new ArrayList<>();
    private List<Runnable> onceWritten = List.of();
    private boolean writing;
    private boolean checking;

    private Account(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Host host,
            ActorRef<ClusterSharding.ShardCommand> shard,
            ActorRef<AccountJournal.Write> journal,
            AccountState state) {
        super(context);
        this.context = context;
        this.timers = timers;
        this.host = host;
        this.shard = shard;
        this.journal = journal;
        this.state = state;
        context.setReceiveTimeout(host.settings().passivateAfter(), new Idle());
        watchCalls();
    }

    static Behavior<Command> create(String key, Host host, ActorRef<ClusterSharding.ShardCommand> shard) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.withStash(MOST_WAITING, stash -> {
            ActorRef<Command> self = context.getSelf();
            Consumer<AccountState> tell = read -> self.tell(new Read(read));
            ActorRef<AccountJournal.Write> journal = context.spawn(AccountJournal.create(key, tell), "journal");
            context.watch(journal);
            return Behaviors.receive(Command.class)
                    .onMessage(
                            Read.class,
                            read -> stash.unstashAll(new Account(context, timers, host, shard, journal, read.state())))
                    .onMessage(Stop.class, stop -> Behaviors.stopped())
                    .onAnyMessage(command -> {
                        if (!stash.isFull()) {
                            stash.stash(command);
                        }
                        return Behaviors.same();
                    })
                    .build();
        })));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    private Behavior<Command> on(Reserve reserve) {
        if (state.holds(reserve.call())) {
            answers.add(() -> reserve.replyTo().tell(new Granted()));
            return write();
        }
        if (isNew(reserve.window())) {
            Amount before = reserve.before();
            if (before == null) {
                reserve.replyTo().tell(new NotOpen());
                return this;
            }
            decide(new AccountEvent.Opened(reserve.window(), before));
        }
        Amount held = state.reserved();
        if (!reserve.limit().allows(state.spent().plus(held).plus(reserve.upTo()))) {
            reserve.replyTo().tell(new Denied(state.spent(), held));
            return write();
        }
        var event = new AccountEvent.Reserved(reserve.call(), reserve.upTo());
        reserved.add(event);
        state = state.apply(new AccountEvent.Changed(List.of(event), List.of()));
        answers.add(() -> reserve.replyTo().tell(new Granted()));
        watchCalls();
        return write();
    }

    /** A node whose clock is late asks for a window that is over; of one kind, later ones sort after earlier ones. */
    private boolean isNew(String window) {
        return !window.equals(state.window())
                && (window.length() != state.window().length() || window.compareTo(state.window()) > 0);
    }

    private Behavior<Command> on(Settle settle) {
        if (state.holds(settle.call())) {
            settle(settle.call(), settle.spent());
        }
        return write();
    }

    private void settle(UUID call, Amount spent) {
        var event = new AccountEvent.Settled(call, spent);
        settled.add(event);
        state = state.apply(new AccountEvent.Changed(List.of(), List.of(event)));
    }

    private Behavior<Command> on(Look look) {
        look.replyTo().tell(new View(state.window(), state.spent(), state.reserved()));
        return this;
    }

    Behavior<Command> on(Close close) {
        if (!state.window().isEmpty()) {
            decide(new AccountEvent.Closed(state.window()));
        }
        return write();
    }

    /** What came before stays before. */
    private void decide(AccountEvent event) {
        joinChanges();
        decided.add(event);
        state = state.apply(event);
    }

    private void joinChanges() {
        if (!reserved.isEmpty() || !settled.isEmpty()) {
            decided.add(new AccountEvent.Changed(reserved, settled));
            reserved.clear();
            settled.clear();
        }
    }

    private Behavior<Command> write() {
        if (writing) {
            return this;
        }
        joinChanges();
        if (decided.isEmpty()) {
            answers.forEach(Runnable::run);
            answers.clear();
            return this;
        }
        writing = true;
        onceWritten = answers;
        answers = new ArrayList<>();
        journal.tell(new AccountJournal.Write(List.copyOf(decided), context.getSelf()));
        decided.clear();
        return this;
    }

    Behavior<Command> on(Written written) {
        writing = false;
        onceWritten.forEach(Runnable::run);
        onceWritten = List.of();
        return write();
    }

    private void watchCalls() {
        if (!state.held().isEmpty() && !timers.isTimerActive(new CheckDue())) {
            timers.startSingleTimer(new CheckDue(), host.settings().checkInterval());
        }
    }

    Behavior<Command> on(CheckDue due) {
        if (state.held().isEmpty() || checking) {
            return this;
        }
        checking = true;
        context.pipeToSelf(
                host.outcomes().ended(state.calls()),
                (ended, failure) -> new Checked(failure == null ? ended : Map.of()));
        return this;
    }

    private Behavior<Command> on(Checked checked) {
        checking = false;
        checked.ended().forEach((call, spent) -> {
            if (state.holds(call)) {
                settle(call, spent);
            }
        });
        watchCalls();
        return write();
    }

    Behavior<Command> on(Idle idle) {
        if (state.held().isEmpty() && !writing) {
            shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
        }
        return this;
    }

    /** Read once, before this. */
    Behavior<Command> on(Read read) {
        return this;
    }
}
