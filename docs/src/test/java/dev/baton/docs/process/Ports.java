package dev.baton.docs.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The ports of a node, so that it can come back to them.
 *
 * @param death 0: any free one
 */
record Ports(int http, int cluster, int death) {
    /** Below those that the system gives to anybody. */
    private static final int FIRST = 20_000;

    private static final int LAST = 32_000;

    /** Ports that nobody has now. */
    static Ports free() {
        return new Ports(freePort(), freePort(), freePort());
    }

    Ports withAnyDeathPort() {
        return new Ports(http, cluster, 0);
    }

    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one may be free.
            }
        }
    }
}
