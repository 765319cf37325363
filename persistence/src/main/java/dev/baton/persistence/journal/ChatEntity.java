package dev.baton.persistence.journal;

import akka.actor.typed.ActorRef;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.ActorContext;
import akka.cluster.sharding.typed.javadsl.ClusterSharding;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.RecoveryFailed;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.SignalHandler;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Decision;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.Here;
import dev.baton.persistence.chat.NodeId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The chat itself. It handles one command at a time: decides, writes, then tells whoever asked, the observer, the
 * subscribers and the read side, in this order.
 *
 * <p>A write that fails stops the entity, and no supervision starts it again: another writer may have been there, so
 * what it believes the chat to be is worth nothing. The next message makes a new one, which reads the journal.
 *
 * <pre>
 * reading -- all events read -----> ready
 * ready   -- command with events -> writing
 * writing -- written -------------> ready
 * writing -- failed --------------> stopped
 * ready   -- idle ----------------> stopped, by its shard
 * </pre>
 */
final class ChatEntity extends EventSourcedBehavior<Chat.Command, ChatEvent, ChatState> {
    private static final Logger LOG = LoggerFactory.getLogger(ChatEntity.class);

    private final ActorContext<Chat.Command> context;
    private final ChatId id;
    private final ChatHost host;
    private final ActorRef<ClusterSharding.ShardCommand> shard;
    private final ChatGate gate;
    private final ChatSnapshots snapshots;
    private final Set<ActorRef<Chat.Update>> subscribers = new LinkedHashSet<>();

    /** Who waits for the write under way. */
    private Consumer<Chat.Reply> asker = ChatEntity::nobody;

    private boolean unreadable;

    ChatEntity(
            ActorContext<Chat.Command> context,
            ChatId id,
            ChatHost host,
            ActorRef<ClusterSharding.ShardCommand> shard,
            ChatGate gate) {
        super(PersistenceId.of(Chat.KEY.name(), id.toString()));
        this.context = context;
        this.id = id;
        this.host = host;
        this.shard = shard;
        this.gate = gate;
        this.snapshots =
                new ChatSnapshots(context, persistenceId(), host.settings().snapshotEvents());
        context.setReceiveTimeout(host.settings().passivateAfter(), new Chat.IdleNow());
    }

    /** Enough for what the gate lets in and what needs no room. */
    @Override
    public Optional<Integer> stashCapacity() {
        return Optional.of(2 * ChatGate.ROOM);
    }

    @Override
    public ChatState emptyState() {
        return ChatState.none(id);
    }

    @Override
    public CommandHandler<Chat.Command, ChatEvent, ChatState> commandHandler() {
        return (state, command) -> {
            gate.passed();
            return command.deliverTo(this, state);
        };
    }

    @Override
    public EventHandler<ChatState, ChatEvent> eventHandler() {
        return ChatState::apply;
    }

    @Override
    public SignalHandler<ChatState> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), this::onRecovered)
                .onSignal(RecoveryFailed.class, (state, failed) -> onUnreadable(failed))
                .onSignal(
                        Terminated.class,
                        (state, stopped) -> onStopped(stopped.getRef().unsafeUpcast()))
                .onSignal(PostStop.instance(), state -> onStop())
                .build();
    }

    @Override
    public SnapshotAdapter<ChatState> snapshotAdapter() {
        return snapshots;
    }

    Effect<ChatEvent, ChatState> on(Chat.Execute execute, ChatState state) {
        Decision decision = decide(state, execute.command());
        if (decision instanceof Decision.Accepted accepted) {
            return commit(accepted, state, execute.replyTo()::tell);
        }
        var refused = (Decision.Refused) decision;
        if (refused.code() == ErrorCode.FENCED) {
            host.rows().fenced(state);
        }
        execute.replyTo().tell(new Chat.Refused(refused.code(), refused.detail(), refused.state()));
        return unchanged(state);
    }

    Effect<ChatEvent, ChatState> on(Chat.Get get, ChatState state) {
        get.replyTo().tell(new Chat.Current(state));
        return unchanged(state);
    }

    /** A subscriber that subscribes again starts again. */
    Effect<ChatEvent, ChatState> on(Chat.Subscribe subscribe, ChatState state) {
        ActorRef<Chat.Update> subscriber = subscribe.subscriber();
        if (subscribers.add(subscriber)) {
            context.watch(subscriber);
        }
        subscriber.tell(new Chat.Subscribed(state, context.getSelf()));
        return Effect().none();
    }

    Effect<ChatEvent, ChatState> on(Chat.Unsubscribe unsubscribe, ChatState state) {
        if (subscribers.remove(unsubscribe.subscriber())) {
            context.unwatch(unsubscribe.subscriber());
        }
        return unchanged(state);
    }

    /** A runner that is where it would be put now is the observer's business: it knows whether it is there. */
    Effect<ChatEvent, ChatState> on(Chat.TakeOver takeOver, ChatState state) {
        if (!state.status().hasWork() || state.hold().epoch() != takeOver.epochSeen()) {
            return unchanged(state);
        }
        Optional<NodeId> place = host.place().of(id);
        if (place.isPresent() && place.get().equals(state.hold().node())) {
            host.observer().tell(state.hint());
            return Effect().none();
        }
        if (decide(state, new ChatCommand.AssignRunner(takeOver.epochSeen())) instanceof Decision.Accepted accepted) {
            return commit(accepted, state, ChatEntity::nobody);
        }
        return Effect().none();
    }

    Effect<ChatEvent, ChatState> on(Chat.Announce announce, ChatState state) {
        if (state.exists()) {
            host.observer().tell(state.hint());
            host.rows().announced(state);
        }
        return unchanged(state);
    }

    Effect<ChatEvent, ChatState> on(Chat.IdleNow idle, ChatState state) {
        if (subscribers.isEmpty() && !state.status().hasWork()) {
            passivate();
        }
        return Effect().none();
    }

    Effect<ChatEvent, ChatState> on(Chat.SnapshotEnded ended, ChatState state) {
        snapshots.ended(ended);
        return Effect().none();
    }

    private Decision decide(ChatState state, ChatCommand command) {
        return host.decider()
                .decide(
                        state,
                        command,
                        new Here(host.place().of(id).orElse(null), host.clock().instant()));
    }

    private Effect<ChatEvent, ChatState> commit(
            Decision.Accepted accepted, ChatState before, Consumer<Chat.Reply> replyTo) {
        List<ChatEvent> events = accepted.events();
        if (events.isEmpty()) {
            replyTo.accept(new Chat.Done(before, accepted.sent()));
            return unchanged(before);
        }
        asker = replyTo;
        return Effect().persist(events).thenRun(after -> {
            asker = ChatEntity::nobody;
            replyTo.accept(new Chat.Done(after, accepted.sent()));
            host.observer().tell(after.hint());
            var committed = new Chat.Committed(id, before.version() + 1, events);
            subscribers.forEach(subscriber -> subscriber.tell(committed));
            host.rows().committed(after, events);
            snapshots.committed(after);
        });
    }

    /** An entity that was made only to say that there is no such chat has done its work. */
    private Effect<ChatEvent, ChatState> unchanged(ChatState state) {
        if (!state.exists() && subscribers.isEmpty()) {
            passivate();
        }
        return Effect().none();
    }

    private void passivate() {
        shard.tell(new ClusterSharding.Passivate<>(context.getSelf()));
    }

    private static void nobody(Chat.Reply reply) {}

    private void onRecovered(ChatState state) {
        long last = lastSequenceNumber(context);
        if (last != state.version()) {
            throw new IllegalStateException(
                    "chat %s: the journal ends at %d, but snapshot and events lead to version %d"
                            .formatted(id, last, state.version()));
        }
        LOG.debug(
                "chat {}: read from the snapshot at version {} and {} events",
                id,
                snapshots.newest(),
                last - snapshots.newest());
        if (state.status().hasWork()) {
            host.observer().tell(state.hint());
        }
    }

    /** Akka signals the exception that it throws for the first signal as well. */
    private void onUnreadable(RecoveryFailed failed) {
        if (unreadable) {
            return;
        }
        unreadable = true;
        LOG.error(
                "chat {}: cannot be read; it stays closed until it can be: {}",
                id,
                failed.getFailure().toString());
    }

    /** A signal, since a message would wait for the write under way. */
    private void onStopped(ActorRef<Chat.Update> subscriber) {
        subscribers.remove(subscriber);
    }

    private void onStop() {
        asker.accept(new Chat.Refused(
                ErrorCode.DATABASE_UNAVAILABLE, "chat " + id + ": the write failed or its outcome is unknown", null));
    }
}
