package dev.baton.gateway.http;

import akka.Done;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The open connections of a server. Safe from any thread; nothing foreign runs while the lock is held. */
final class Connections {

    /** One of them. */
    interface Connection {
        /** Take no more requests and close when those that were taken are answered. Harmless again. */
        void leave();

        /** What it was last asked for, for people. */
        String name();
    }

    private final Set<Connection> open = new LinkedHashSet<>();
    private final CompletableFuture<Done> gone = new CompletableFuture<>();
    private boolean leaving;

    /** Counts one more; what comes after the leave began has to leave itself. */
    void opened(Connection connection) {
        if (enter(connection)) {
            connection.leave();
        }
    }

    void closed(Connection connection) {
        if (exit(connection)) {
            gone.complete(Done.getInstance());
        }
    }

    /** Tells all of them to leave; completes when the last is closed. */
    CompletionStage<Done> leave() {
        List<Connection> all = begin();
        all.forEach(Connection::leave);
        if (all.isEmpty()) {
            gone.complete(Done.getInstance());
        }
        return gone.minimalCompletionStage();
    }

    /** Nobody waits any longer for those that are left. */
    void giveUp() {
        gone.complete(Done.getInstance());
    }

    synchronized int count() {
        return open.size();
    }

    /** At most {@code most} of them. */
    synchronized List<String> names(int most) {
        return open.stream().limit(most).map(Connection::name).toList();
    }

    private synchronized boolean enter(Connection connection) {
        open.add(connection);
        return leaving;
    }

    private synchronized boolean exit(Connection connection) {
        return open.remove(connection) && open.isEmpty() && leaving;
    }

    private synchronized List<Connection> begin() {
        leaving = true;
        return new ArrayList<>(open);
    }
}
