package dev.baton.persistence.journal;

import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatState;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * All that the journal and the snapshots hold, by the manifest that new entries get. Names are for ever. Who changes
 * the form of a type so that old entries no longer read raises its version here and adds a step to {@link
 * EventMigrations}.
 */
final class JournalTypes {
    private static final Map<Class<?>, Manifest> MANIFESTS = new HashMap<>();
    private static final Map<String, Class<?>> CLASSES = new HashMap<>();

    static {
        put("chat-created", 1, ChatEvent.ChatCreated.class);
        put("user-message-added", 1, ChatEvent.UserMessageAdded.class);
        put("queue-changed", 1, ChatEvent.QueueChanged.class);
        put("history-truncated", 1, ChatEvent.HistoryTruncated.class);
        put("model-chosen", 1, ChatEvent.ModelChosen.class);
        put("details-changed", 1, ChatEvent.DetailsChanged.class);
        put("chat-archived", 1, ChatEvent.ChatArchived.class);
        put("chat-unarchived", 1, ChatEvent.ChatUnarchived.class);
        put("context-cleared", 1, ChatEvent.ContextCleared.class);
        put("compaction-requested", 1, ChatEvent.CompactionRequested.class);
        put("context-compacted", 1, ChatEvent.ContextCompacted.class);
        put("interrupt-requested", 1, ChatEvent.InterruptRequested.class);
        put("runner-assigned", 1, ChatEvent.RunnerAssigned.class);
        put("runner-released", 1, ChatEvent.RunnerReleased.class);
        put("attempt-started", 1, ChatEvent.AttemptStarted.class);
        put("retry-scheduled", 1, ChatEvent.RetryScheduled.class);
        put("step-committed", 1, ChatEvent.StepCommitted.class);
        put("action-required", 1, ChatEvent.ActionRequired.class);
        put("action-ended", 1, ChatEvent.ActionEnded.class);
        put("turn-ended", 1, ChatEvent.TurnEnded.class);
        put("turn-failed", 1, ChatEvent.TurnFailed.class);
        put("reconciled", 1, ChatEvent.Reconciled.class);
        put("chat-state", 1, ChatState.class);
    }

    private JournalTypes() {}

    /** The manifest that new entries of {@code type} are written with. */
    static Manifest manifestOf(Class<?> type) {
        Manifest manifest = MANIFESTS.get(type);
        if (manifest == null) {
            throw new IllegalArgumentException(type.getName() + " has no manifest; the journal cannot hold it");
        }
        return manifest;
    }

    /** The class that entries called {@code name} are read as. */
    static Optional<Class<?>> classOf(String name) {
        return Optional.ofNullable(CLASSES.get(name));
    }

    static Collection<Manifest> all() {
        return MANIFESTS.values();
    }

    private static void put(String name, int version, Class<?> type) {
        MANIFESTS.put(type, new Manifest(name, version));
        if (CLASSES.put(name, type) != null) {
            throw new IllegalStateException("journal name " + name + " is in the table twice");
        }
    }
}
