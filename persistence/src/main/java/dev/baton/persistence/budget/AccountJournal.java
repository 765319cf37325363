package dev.baton.persistence.budget;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where an account is kept. One write at a time, and none after one that failed: another node may have written, so what is
 * believed here is worth nothing.
 */
final class AccountJournal extends EventSourcedBehavior<AccountJournal.Write, AccountEvent, AccountState> {
    private static final int SNAPSHOT_EVENTS = 200;

    /** Writes {@code events} together, then says so. */
    record Write(List<AccountEvent> events, ActorRef<Account.Command> writer) {}

    private final Consumer<AccountState> read;

    private AccountJournal(String key, Consumer<AccountState> read) {
        super(PersistenceId.of(Account.KEY.name(), key));
        this.read = read;
    }

    /** {@code read}: is told, on another thread, what the journal has, once. */
    static Behavior<Write> create(String key, Consumer<AccountState> read) {
        return new AccountJournal(key, read);
    }

    @Override
    public AccountState emptyState() {
        return AccountState.NEW;
    }

    @Override
    public CommandHandler<Write, AccountEvent, AccountState> commandHandler() {
        return (state, write) -> Effect()
                .persist(write.events())
                .thenRun(written -> write.writer().tell(new Account.Written()));
    }

    @Override
    public EventHandler<AccountState, AccountEvent> eventHandler() {
        return AccountState::apply;
    }

    @Override
    public SignalHandler<AccountState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), read)
                .build();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(SNAPSHOT_EVENTS, 2);
    }
}
