package dev.baton.client;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Everything that a client has open: requests, streams, and the threads of those that have one. Once it closes nothing
 * comes in, and whoever closed it learns when the last has gone.
 */
final class Inventory {

    /** Something that is open. */
    interface Item {
        /** Ends it; never blocks. It {@linkplain #leave leaves} by itself when it has ended. */
        void cut();
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition gone = lock.newCondition();

    // All below is guarded by the lock.
    private final Set<Item> items = new HashSet<>();
    private final Set<Thread> threads = new HashSet<>();
    private boolean closed;

    void enter(Item item) {
        lock.lock();
        try {
            refuseWhenClosed();
            items.add(item);
        } finally {
            lock.unlock();
        }
    }

    /** Starts {@code thread}, or refuses to; those that have ended since the last time are forgotten here. */
    void start(Thread thread) {
        lock.lock();
        try {
            refuseWhenClosed();
            threads.removeIf(each -> !each.isAlive());
            thread.start();
            threads.add(thread);
        } finally {
            lock.unlock();
        }
    }

    void leave(Item item) {
        lock.lock();
        try {
            items.remove(item);
            gone.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends everything. Threads of its own only begin that, for two of them would wait for each other; everybody else
     * waits until all has gone.
     */
    void close(Duration limit) {
        List<Item> open;
        List<Thread> running;
        lock.lock();
        try {
            closed = true;
            open = List.copyOf(items);
            running = List.copyOf(threads);
        } finally {
            lock.unlock();
        }
        open.forEach(Item::cut);
        if (running.contains(Thread.currentThread())) {
            return;
        }
        running.forEach(Thread::interrupt);
        Deadline deadline = Deadline.in(limit);
        awaitItems(deadline);
        running.forEach(deadline::join);
    }

    private void awaitItems(Deadline deadline) {
        lock.lock();
        try {
            deadline.await(gone, items::isEmpty, items);
        } finally {
            lock.unlock();
        }
    }

    boolean owns(Thread thread) {
        lock.lock();
        try {
            return threads.contains(thread);
        } finally {
            lock.unlock();
        }
    }

    private void refuseWhenClosed() {
        if (closed) {
            throw new ClosedException("the client is closed");
        }
    }
}
