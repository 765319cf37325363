package dev.baton.runner;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.ChatId;
import dev.baton.runner.RunnerSupervisor.Position;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells watchers where their chats stand in the queue, and again only when that has changed. */
final class Positions {
    private static final int UNTOLD = -1;

    /** By chat, what each watcher was told last. */
    private final Map<ChatId, Map<ActorRef<Position>, Integer>> told = new HashMap<>();

    void watch(ChatId chat, ActorRef<Position> watcher) {
        told.computeIfAbsent(chat, any -> new HashMap<>()).put(watcher, UNTOLD);
    }

    void unwatch(ChatId chat, ActorRef<Position> watcher) {
        told.computeIfPresent(chat, (any, watchers) -> without(watcher, watchers));
    }

    void unwatchAll(ActorRef<Position> watcher) {
        List.copyOf(told.keySet()).forEach(chat -> unwatch(chat, watcher));
    }

    private static @Nullable Map<ActorRef<Position>, Integer> without(
            ActorRef<Position> watcher, Map<ActorRef<Position>, Integer> watchers) {
        watchers.remove(watcher);
        return watchers.isEmpty() ? null : watchers;
    }

    boolean isEmpty() {
        return told.isEmpty();
    }

    void refresh(List<ChatId> order) {
        var positions = new HashMap<ChatId, Integer>();
        for (ChatId chat : order) {
            positions.put(chat, positions.size() + 1);
        }
        told.forEach((chat, watchers) -> {
            int position = positions.getOrDefault(chat, 0);
            watchers.replaceAll((watcher, last) -> {
                if (last != position) {
                    watcher.tell(new Position(chat, position));
                }
                return position;
            });
        });
    }
}
