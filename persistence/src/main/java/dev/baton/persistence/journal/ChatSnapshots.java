package dev.baton.persistence.journal;

import akka.actor.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Adapter;
import akka.pattern.Patterns;
import akka.persistence.Persistence;
import akka.persistence.SaveSnapshotFailure;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotProtocol;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.typed.PersistenceId;
import com.typesafe.config.ConfigFactory;
import dev.baton.persistence.chat.ChatState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

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
final class ChatSnapshots {
    /** One event in so many messages. */
    private static final int MESSAGES_PER_EVENT = 10;

    private static final Duration STORE_LIMIT = Duration.ofSeconds(30);

    private final PersistenceId id;
    private final ActorRef store;
    private final int leastEvents;
    private long newest;
    private boolean storing;

    ChatSnapshots(ActorSystem<?> system, PersistenceId id, int leastEvents) {
        this.id = id;
        this.store = Persistence.get(Adapter.toClassic(system)).snapshotStoreFor("", ConfigFactory.empty());
        this.leastEvents = leastEvents;
    }

    /** The version of the newest snapshot; 0 when there is none. */
    long newest() {
        return newest;
    }

    void found(long version) {
        newest = version;
    }

    boolean isDue(ChatState state) {
        return !storing && state.version() - newest >= distance(state);
    }

    /** Completes when {@code state} is stored. */
    CompletionStage<Void> store(ChatState state) {
        storing = true;
        long kept = newest;
        var metadata = new SnapshotMetadata(id.id(), state.version(), 0);
        return ask(new SnapshotProtocol.SaveSnapshot(metadata, state)).thenCompose(answer -> {
            if (answer instanceof SaveSnapshotFailure failure) {
                return CompletableFuture.failedFuture(failure.cause());
            }
            return ask(new SnapshotProtocol.DeleteSnapshots(
                            id.id(), SnapshotSelectionCriteria.create(kept - 1, Long.MAX_VALUE)))
                    .thenApply(deleted -> null);
        });
    }

    void ended(Chat.SnapshotEnded ended) {
        storing = false;
        if (ended.failure() == null) {
            newest = ended.version();
        }
    }

    private long distance(ChatState state) {
        return Math.max(leastEvents, state.history().messages().size() / MESSAGES_PER_EVENT);
    }

    private CompletionStage<Object> ask(SnapshotProtocol.Request request) {
        return Patterns.ask(store, request, STORE_LIMIT);
    }
}
