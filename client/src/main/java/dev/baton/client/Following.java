package dev.baton.client;

import java.time.Duration;
import java.util.Optional;

/** A chat's stream with a thread that pulls it and tells a listener. */
public final class Following implements AutoCloseable {
    private final ChatStream stream;
    private final Listener listener;
    private final Inventory inventory;
    private final Duration closeLimit;
    private final Thread thread;

    Following(ChatStream stream, Listener listener, Inventory inventory, Duration closeLimit) {
        this.stream = stream;
        this.listener = listener;
        this.inventory = inventory;
        this.closeLimit = closeLimit;
        this.thread = new Thread(this::run, "baton-client-" + stream.chat());
        thread.setDaemon(true);
    }

    void start() {
        inventory.start(thread);
    }

    /** Where the stream stands; the listener has been told, or is being told, of the event with this id. */
    public String cursor() {
        return stream.cursor();
    }

    /** What the stream is trying to get past; empty while it is connected. */
    public Optional<String> trouble() {
        return stream.trouble();
    }

    private void run() {
        Optional<Throwable> failure = Optional.empty();
        try {
            pull();
        } catch (RuntimeException | Error broken) {
            failure = Optional.of(broken);
        } finally {
            stream.close();
            listener.ended(failure);
        }
    }

    private void pull() {
        while (true) {
            ChatEvent event;
            try {
                event = stream.next();
            } catch (ClosedException | InterruptedException asked) {
                return;
            }
            listener.event(event);
        }
    }

    /**
     * Ends the stream and returns when its thread has ended; a listener that waits for something is interrupted. Called by
     * a listener, of this stream or of another one of the client, it does not wait: two of them would wait for each other.
     */
    @Override
    public void close() {
        stream.cut();
        if (inventory.owns(Thread.currentThread())) {
            return;
        }
        thread.interrupt();
        Deadline.in(closeLimit).join(thread);
    }
}
