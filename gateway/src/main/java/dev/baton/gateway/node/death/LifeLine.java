package dev.baton.gateway.node.death;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to one life of another node, held until it breaks; then it finds out why.
 *
 * <p>Proof is a connection that is refused twice in a row by an address where that life has answered before, or another
 * life that answers there. Everything else (a time limit, a broken connection, somebody else on the port) proves nothing
 * and is tried again, so a false proof would take a living process that has lost its port.
 */
final class LifeLine implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(LifeLine.class);
    private static final int ANSWER_LIMIT_MILLIS = 2_000;
    private static final int REFUSALS_THAT_PROVE = 2;
    /** The kernel closes the port of a dead process a little after its connections. */
    private static final long FIRST_PAUSE_MILLIS = 20;

    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private enum Outcome {
        HELD,
        REFUSED,
        ANOTHER_LIFE,
        UNKNOWN
    }

    private final InetSocketAddress port;
    private final Hello life;
    private final LifeWatcher watcher;
    private final CountDownLatch ended = new CountDownLatch(1);
    private boolean answeredOnce;
    private @Nullable Socket socket;

    /** {@code watcher}: hears of a proof at most once, and not after {@link #end}. */
    LifeLine(InetSocketAddress port, Hello life, LifeWatcher watcher) {
        this.port = port;
        this.life = life;
        this.watcher = watcher;
    }

    @Override
    public void run() {
        int refusals = 0;
        long pause = FIRST_PAUSE_MILLIS;
        do {
            Outcome outcome = hold();
            refusals = outcome == Outcome.REFUSED && answeredOnce ? refusals + 1 : 0;
            if (outcome == Outcome.ANOTHER_LIFE) {
                prove("another life answers at its address");
            } else if (refusals == REFUSALS_THAT_PROVE) {
                prove("its port refuses connections");
            }
            boolean soon = outcome == Outcome.HELD || refusals > 0;
            pause = soon ? FIRST_PAUSE_MILLIS : Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
        } while (!hasEnded(pause));
    }

    private void prove(String how) {
        if (!hasEnded(0)) {
            ended.countDown();
            watcher.proved(how);
        }
    }

    /** Connects, and returns when the connection could not be made or is broken. */
    private Outcome hold() {
        try (Socket connection = begin()) {
            connection.connect(port, ANSWER_LIMIT_MILLIS);
            connection.setSoTimeout(ANSWER_LIMIT_MILLIS);
            Optional<Hello> hello = Hello.read(connection.getInputStream());
            if (hello.isEmpty() || !hello.get().address().equals(life.address())) {
                return Outcome.UNKNOWN;
            }
            if (!hello.get().equals(life)) {
                return Outcome.ANOTHER_LIFE;
            }
            answeredOnce = true;
            connection.setSoTimeout(0);
            watcher.answered();
            Outcome held = awaitEnd(connection);
            watcher.broke();
            return held;
        } catch (ConnectException failure) {
            return LifeCheck.isRefused(failure) ? Outcome.REFUSED : Outcome.UNKNOWN;
        } catch (IOException failure) {
            LOG.debug("node {}: no word from its death port {}", life.address(), port, failure);
            return Outcome.UNKNOWN;
        }
    }

    /** Nothing is ever said after the greeting; a broken connection is an end like any other. */
    private Outcome awaitEnd(Socket connection) {
        try {
            while (connection.getInputStream().read() >= 0) {
                LOG.debug("node {}: its death port says more than it should", life.address());
            }
        } catch (IOException broken) {
            LOG.debug("node {}: the connection to its death port broke", life.address(), broken);
        }
        return Outcome.HELD;
    }

    private synchronized Socket begin() throws IOException {
        if (hasEnded(0)) {
            throw new IOException("ended");
        }
        var next = new Socket();
        socket = next;
        return next;
    }

    /** Ends soon; the thread is not waited for. */
    synchronized void end() {
        ended.countDown();
        if (socket != null) {
            try {
                socket.close();
            } catch (IOException failure) {
                LOG.debug("node {}: the connection to its death port did not close", life.address(), failure);
            }
        }
    }

    private boolean hasEnded(long withinMillis) {
        try {
            return ended.await(withinMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
