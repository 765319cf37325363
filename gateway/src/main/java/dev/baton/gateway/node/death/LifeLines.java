package dev.baton.gateway.node.death;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connections to all other nodes, each held by a thread of its own that blocks in a read. */
final class LifeLines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LifeLines.class);
    private static final long JOIN_LIMIT = TimeUnit.SECONDS.toMillis(5);

    private final Map<Hello, LifeLine> lines = new HashMap<>();
    private final Map<LifeLine, Thread> threads = new HashMap<>();
    private boolean closed;

    /** Never blocks. Watching the same life again changes nothing. */
    synchronized void watch(InetSocketAddress port, Hello life, LifeWatcher watcher) {
        if (closed || lines.containsKey(life)) {
            return;
        }
        var line = new LifeLine(port, life, watcher);
        var thread = new Thread(() -> hold(line), "baton-life-of-" + life.address());
        thread.setDaemon(true);
        lines.put(life, line);
        threads.put(line, thread);
        thread.start();
    }

    private void hold(LifeLine line) {
        try {
            line.run();
        } finally {
            synchronized (this) {
                threads.remove(line);
            }
        }
    }

    /** Never blocks; the thread ends soon. */
    synchronized void forget(Hello life) {
        LifeLine line = lines.remove(life);
        if (line != null) {
            line.end();
        }
    }

    /** Returns when no thread of it is alive; nothing can be watched any more. */
    @Override
    public void close() {
        List<Thread> left;
        synchronized (this) {
            closed = true;
            lines.values().forEach(LifeLine::end);
            lines.clear();
            left = new ArrayList<>(threads.values());
        }
        left.forEach(thread -> join(thread, JOIN_LIMIT));
    }

    static void join(Thread thread, long limitMillis) {
        try {
            thread.join(limitMillis);
            if (thread.isAlive()) {
                LOG.warn("the thread {} did not end within {} ms", thread.getName(), limitMillis);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
