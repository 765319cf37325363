package dev.baton.persistence.view;

import dev.baton.persistence.chat.ChatId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What waits to be written: at most one update per chat, in the order in which chats first came. */
final class PendingUpdates {
    private final int limit;
    private Map<ChatId, Numbered> byChat = new LinkedHashMap<>();
    private long newest;
    private long dropped;

    PendingUpdates(int limit) {
        this.limit = limit;
    }

    /** {@code number}: the place in the order of arrival of the first update that is in this one. */
    record Numbered(long number, ChatUpdate update) {
        Numbered and(Numbered later) {
            return new Numbered(Math.min(number, later.number), update.and(later.update));
        }
    }

    /** Adds {@code update}. Returns false when the oldest chat had to give way to it. */
    boolean add(ChatUpdate update) {
        byChat.merge(update.id(), new Numbered(++newest, update), Numbered::and);
        if (byChat.size() <= limit) {
            return true;
        }
        Iterator<ChatId> oldest = byChat.keySet().iterator();
        oldest.next();
        oldest.remove();
        dropped++;
        return false;
    }

    int size() {
        return byChat.size();
    }

    /** Takes the first {@code count} out. */
    List<Numbered> take(int count) {
        var taken = new ArrayList<Numbered>();
        Iterator<Numbered> all = byChat.values().iterator();
        while (taken.size() < count && all.hasNext()) {
            taken.add(all.next());
            all.remove();
        }
        return taken;
    }

    /** Puts what was taken back in its place. The limit holds again with the next update. */
    void putBack(List<Numbered> taken) {
        var all = new LinkedHashMap<ChatId, Numbered>();
        taken.forEach(entry -> all.put(entry.update().id(), entry));
        byChat.values().forEach(entry -> all.merge(entry.update().id(), entry, Numbered::and));
        byChat = all;
    }

    /** How many have come so far; see {@link #settled}. */
    long newest() {
        return newest;
    }

    /** Whether none of the first {@code number} to come waits here. */
    boolean settled(long number) {
        return byChat.isEmpty() || byChat.values().iterator().next().number() > number;
    }

    boolean isEmpty() {
        return byChat.isEmpty();
    }

    /** How many chats had to give way, in all. */
    long dropped() {
        return dropped;
    }
}
