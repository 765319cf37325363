package dev.baton.runner;

import dev.baton.persistence.chat.ChatId;
import dev.baton.runner.Admission.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who waits for capacity: owners take turns, each owner's chats go in the order they came. */
final class FairQueue {
    private final Map<ChatId, Request> requests = new HashMap<>();
    /** The owner whose turn it is comes first; an owner without chats is not there. */
    private final Map<String, Set<ChatId>> byOwner = new LinkedHashMap<>();

    /** A chat that waits already keeps its place. */
    void add(Request request) {
        requests.put(request.chat(), request);
        byOwner.computeIfAbsent(request.owner(), owner -> new LinkedHashSet<>()).add(request.chat());
    }

    /** Takes the next one out; its owner's turn comes again after everyone else's. */
    Optional<Request> poll() {
        if (byOwner.isEmpty()) {
            return Optional.empty();
        }
        Map.Entry<String, Set<ChatId>> first = byOwner.entrySet().iterator().next();
        String owner = first.getKey();
        Set<ChatId> chats = first.getValue();
        ChatId next = chats.iterator().next();
        chats.remove(next);
        byOwner.remove(owner);
        if (!chats.isEmpty()) {
            byOwner.put(owner, chats);
        }
        return Optional.ofNullable(requests.remove(next));
    }

    /** Takes out what was put in for {@code epoch}, if it is still there. */
    boolean remove(Epoch epoch) {
        ChatId chat = epoch.chat();
        Request request = requests.get(chat);
        if (request == null || !request.epoch().equals(epoch)) {
            return false;
        }
        requests.remove(chat);
        byOwner.computeIfPresent(request.owner(), (owner, chats) -> {
            chats.remove(chat);
            return chats.isEmpty() ? null : chats;
        });
        return true;
    }

    void clear() {
        requests.clear();
        byOwner.clear();
    }

    boolean contains(ChatId chat) {
        return requests.containsKey(chat);
    }

    boolean isEmpty() {
        return requests.isEmpty();
    }

    /** All chats in the order in which they would be taken out. */
    List<ChatId> order() {
        List<List<ChatId>> queues = byOwner.values().stream().map(List::copyOf).toList();
        int rounds = queues.stream().mapToInt(List::size).max().orElse(0);
        var order = new ArrayList<ChatId>();
        for (int round = 0; round < rounds; round++) {
            for (List<ChatId> queue : queues) {
                if (round < queue.size()) {
                    order.add(queue.get(round));
                }
            }
        }
        return order;
    }
}
