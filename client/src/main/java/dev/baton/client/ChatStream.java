package dev.baton.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What happens in one chat, event by event, each once and in order, whatever happens to nodes and connections.
 *
 * <p>It is pulled: {@link #next} dials, reads, waits and dials again on the thread that calls it. What has been read and
 * not yet been asked for is at most what fits into one read; for everything else the node waits. A stream that nobody
 * asks for long is cut by the node, and the next call goes on exactly behind the last event that was handed out.
 *
 * <p>Failures that another try or another node may mend are tried again without end; {@link #trouble} tells which it is.
 * What would not change is thrown: a chat that is not there, a cursor that leads nowhere, an answer that is no stream.
 *
 * <p>One thread asks at a time. {@link #close} may be called by any, at any time: a call of {@code next} that is under
 * way then throws {@link ClosedException}, and close returns when it has.
 */
public final class ChatStream implements AutoCloseable, Inventory.Item {
    private final String chat;
    private final Inventory inventory;
    private final StreamReader reader;
    private final Duration closeLimit;
    private final Line line = new Line();
    private final Queue<ChatEvent> ready = new ArrayDeque<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition left = lock.newCondition();

    // Guarded by the lock.
    private @Nullable Thread asking;
    private boolean closed;
    private String cursor;

    ChatStream(String chat, String after, Inventory inventory, StreamReader.Dialling dialling) {
        this.chat = chat;
        this.cursor = after;
        this.inventory = inventory;
        this.closeLimit = dialling.settings().limits().close();
        this.reader = new StreamReader(chat, line, dialling, ready);
    }

    public String chat() {
        return chat;
    }

    /** Where the stream stands: the id of the last event that was handed out. Another stream goes on from here. */
    public String cursor() {
        lock.lock();
        try {
            return cursor;
        } finally {
            lock.unlock();
        }
    }

    /** What the stream is trying to get past; empty while it is connected. */
    public Optional<String> trouble() {
        return reader.trouble();
    }

    /** How often it was connected. */
    public int connections() {
        return reader.connections();
    }

    /** Waits for the next event as long as it takes. */
    public ChatEvent next() throws InterruptedException {
        while (true) {
            Optional<ChatEvent> event = next(Duration.ofDays(1));
            if (event.isPresent()) {
                return event.get();
            }
        }
    }

    /** The next event; empty when none came within {@code limit}. A dial that is under way then is finished first. */
    public Optional<ChatEvent> next(Duration limit) throws InterruptedException {
        enter();
        try {
            long end = System.nanoTime() + limit.toNanos();
            while (true) {
                ChatEvent event = ready.poll();
                if (event != null && took(event)) {
                    return Optional.of(event);
                }
                long remaining = end - System.nanoTime();
                if (event == null && remaining <= 0) {
                    return Optional.empty();
                }
                if (event == null) {
                    reader.advance(cursor(), Duration.ofNanos(remaining));
                }
            }
        } finally {
            leave();
        }
    }

    private void enter() {
        lock.lock();
        try {
            if (closed) {
                throw new ClosedException("the stream of chat " + chat + " is closed");
            }
            if (asking != null) {
                throw new IllegalStateException(
                        "the stream of chat " + chat + " is being asked by " + asking.getName() + " already");
            }
            asking = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    /** Whether {@code event}, behind which the stream stands now, is one for the caller. */
    private boolean took(ChatEvent event) {
        lock.lock();
        try {
            if (closed) {
                throw new ClosedException("the stream of chat " + chat + " was closed");
            }
            if (!event.id().isEmpty()) {
                cursor = event.id();
            }
        } finally {
            lock.unlock();
        }
        return !event.type().equals(StreamReader.RECONNECT);
    }

    private void leave() {
        boolean last;
        lock.lock();
        try {
            asking = null;
            last = closed;
            left.signalAll();
        } finally {
            lock.unlock();
        }
        if (last) {
            inventory.leave(this);
        }
    }

    @Override
    public void cut() {
        boolean last;
        lock.lock();
        try {
            closed = true;
            last = asking == null;
        } finally {
            lock.unlock();
        }
        line.cut();
        if (last) {
            inventory.leave(this);
        }
    }

    /** Ends the stream and returns when its connection is closed and nobody is within {@link #next} any more. */
    @Override
    public void close() {
        cut();
        lock.lock();
        try {
            if (asking != Thread.currentThread()) {
                Deadline.in(closeLimit).await(left, () -> asking == null, this);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return "the stream of chat " + chat;
    }
}
