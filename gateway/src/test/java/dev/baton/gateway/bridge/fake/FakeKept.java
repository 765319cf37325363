package dev.baton.gateway.bridge.fake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** An answer that is made whether somebody listens or not. Event {@code n} has the sequence number {@code n}. */
final class FakeKept implements FakeOut {
    private final List<String> events = new ArrayList<>();
    private boolean over;
    private boolean cancelled;

    /** Nobody wants it any more. */
    synchronized void cancel() {
        cancelled = !over;
        over = true;
        notifyAll();
    }

    synchronized void end() {
        over = true;
        notifyAll();
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public synchronized void write(String text) throws IOException {
        if (cancelled) {
            throw new FakeSocket.ClientGoneException();
        }
        int start = 0;
        for (int end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n", start)) {
            String event = text.substring(start, end + 2);
            if (event.startsWith("event:")) {
                events.add(event);
            }
            start = end + 2;
        }
        notifyAll();
    }

    @Override
    public void flush() {}

    @Override
    public synchronized void pause(long nanos) throws IOException {
        long end = System.nanoTime() + nanos;
        try {
            for (long left = nanos; left > 0 && !cancelled; left = end - System.nanoTime()) {
                wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new FakeSocket.ClientGoneException();
        }
        if (cancelled) {
            throw new FakeSocket.ClientGoneException();
        }
    }

    /** Writes the events from {@code first} on as they come, until the last. */
    void copyTo(FakeOut out, int first) throws IOException {
        int next = first;
        while (true) {
            List<String> more;
            boolean last;
            synchronized (this) {
                more = next < events.size() ? List.copyOf(events.subList(next, events.size())) : List.of();
                last = over;
            }
            for (String event : more) {
                out.write(event);
            }
            out.flush();
            next += more.size();
            if (more.isEmpty() && last) {
                return;
            }
            if (more.isEmpty()) {
                out.pause(2_000_000);
            }
        }
    }
}
