package dev.baton.persistence.journal;

import akka.actor.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Adapter;
import akka.pattern.Patterns;
import akka.persistence.Persistence;
import akka.persistence.SaveSnapshotFailure;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotProtocol;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.SnapshotAdapter;
import com.typesafe.config.ConfigFactory;
import dev.baton.persistence.chat.ChatState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says when a chat's snapshot is due, stores it, and drops all but the newest two.
 *
 * <p>Reading a chat costs its newest snapshot, which grows with the history, and the events since. Storing one costs
 * about the same, so a fixed distance would make each event of a long chat dearer than the last. The distance grows with
 * the history instead: reading stays a fixed part above the snapshot, and what an event costs stays the same for ever.
 *
 * <p>Snapshots go straight to the snapshot store, since the ones that Akka Persistence takes by itself hold back the
 * replies to the very commit that made them due, and are never dropped unless they come at a fixed distance.
 */
final class ChatSnapshots implements SnapshotAdapter<ChatState> {
    private static final Logger LOG = LoggerFactory.getLogger(ChatSnapshots.class);

    /** One event of distance for so many messages. */
    private static final int MESSAGES_PER_EVENT = 10;

    private static final Duration STORE_LIMIT = Duration.ofSeconds(30);

    private final ActorContext<Chat.Command> context;
    private final PersistenceId id;
    private final ActorRef store;
    private final int leastEvents;
    private long newest;
    private boolean storing;

    ChatSnapshots(ActorContext<Chat.Command> context, PersistenceId id, int leastEvents) {
        this.context = context;
        this.id = id;
        this.store =
                Persistence.get(Adapter.toClassic(context.getSystem())).snapshotStoreFor("", ConfigFactory.empty());
        this.leastEvents = leastEvents;
    }

    /** The version of the newest snapshot; 0 when there is none. */
    long newest() {
        return newest;
    }

    /** Stores {@code state} when it is due; {@link #ended} must hear how that went. */
    void committed(ChatState state) {
        if (!storing && state.version() - newest >= distance(state)) {
            storing = true;
            context.pipeToSelf(store(state), (done, failure) -> new Chat.SnapshotEnded(state.version(), failure));
        }
    }

    void ended(Chat.SnapshotEnded ended) {
        storing = false;
        if (ended.failure() == null) {
            newest = ended.version();
            LOG.debug("{}: snapshot stored at version {}", id.id(), ended.version());
        } else {
            LOG.warn(
                    "{}: no snapshot at version {}; trying again at the next commit",
                    id.id(),
                    ended.version(),
                    ended.failure());
        }
    }

    @Override
    public Object toJournal(ChatState state) {
        return state;
    }

    @Override
    public ChatState fromJournal(Object stored) {
        var state = (ChatState) stored;
        newest = state.version();
        return state;
    }

    private CompletionStage<Object> store(ChatState state) {
        long before = newest;
        var metadata = new SnapshotMetadata(id.id(), state.version(), 0);
        return ask(new SnapshotProtocol.SaveSnapshot(metadata, state)).thenCompose(answer -> {
            if (answer instanceof SaveSnapshotFailure failure) {
                return CompletableFuture.failedFuture(failure.cause());
            }
            return ask(new SnapshotProtocol.DeleteSnapshots(
                    id.id(), SnapshotSelectionCriteria.create(before - 1, Long.MAX_VALUE)));
        });
    }

    private long distance(ChatState state) {
        return Math.max(leastEvents, state.history().messages().size() / MESSAGES_PER_EVENT);
    }

    private CompletionStage<Object> ask(SnapshotProtocol.Request request) {
        return Patterns.ask(store, request, STORE_LIMIT);
    }
}
