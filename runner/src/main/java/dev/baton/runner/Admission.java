package dev.baton.runner;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.ChatId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How many chats generate on a node at once, and who is next. */
final class Admission {

    /** A runner that wants to generate. {@code ticket}: comes back with the grant, so that a late one is recognized. */
    record Request(Epoch epoch, String owner, long ticket, ActorRef<ChatRunner.Command> runner) {
        ChatId chat() {
            return epoch.chat();
        }
    }

    private final int capacity;
    private final Set<Epoch> held = new HashSet<>();
    private final FairQueue waiting = new FairQueue();
    private boolean closed;
    private long changes;

    Admission(int capacity) {
        this.capacity = capacity;
    }

    /** Grants at once, or when the chat's turn comes. */
    void ask(Request request) {
        if (closed) {
            return;
        }
        changes++;
        if (held.contains(request.epoch()) || (held.size() < capacity && waiting.isEmpty())) {
            grant(request);
        } else {
            waiting.add(request);
        }
    }

    /** Ends the wait or the use, whichever it is. Harmless when it is neither. */
    void giveBack(Epoch epoch) {
        changes++;
        if (waiting.remove(epoch) || !held.remove(epoch)) {
            return;
        }
        waiting.poll().ifPresent(this::grant);
    }

    /** Grants nothing more. */
    void close() {
        changes++;
        closed = true;
        waiting.clear();
    }

    private void grant(Request request) {
        held.add(request.epoch());
        request.runner().tell(new ChatRunner.Admitted(request.ticket()));
    }

    int held() {
        return held.size();
    }

    boolean isWaiting(ChatId chat) {
        return waiting.contains(chat);
    }

    /** Grows whenever the order may have changed. */
    long changes() {
        return changes;
    }

    List<ChatId> order() {
        return waiting.order();
    }
}
