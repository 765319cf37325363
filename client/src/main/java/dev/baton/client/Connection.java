package dev.baton.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection to one node, from before its dial to its end.
 *
 * <p>{@link #close} may be called at any time, from any thread, again and again, and never blocks: it ends whatever
 * another thread is doing here. Closing the TCP socket is the one way to close, with TLS too, whose own close may block.
 */
final class Connection implements Closeable {
    static final int NOTHING_YET = 0;
    private static final int END = -1;

    /** What the kernel keeps of what nobody has read; without a bound it would grow to megabytes. */
    private static final int RECEIVE_BUFFER = 128 * 1024;

    private final URI node;
    private boolean closed;
    private @Nullable Socket tcp;
    private @Nullable Socket channel;

    Connection(URI node) {
        this.node = node;
    }

    URI node() {
        return node;
    }

    /** Dials the addresses of the node in turn. A name that is being looked up cannot be interrupted by anything. */
    void open(Duration limit) throws IOException {
        IOException failure = new IOException(node.getHost() + " has no address");
        for (InetAddress address : InetAddress.getAllByName(node.getHost())) {
            try {
                dial(new InetSocketAddress(address, port()), limit);
                return;
            } catch (IOException unreachable) {
                failure = unreachable;
            }
        }
        throw failure;
    }

    private void dial(InetSocketAddress address, Duration limit) throws IOException {
        var socket = new Socket();
        try {
            // Makes the descriptor. A close that came before there is one would not end the dial that follows.
            socket.setTcpNoDelay(true);
            socket.setReceiveBufferSize(RECEIVE_BUFFER);
            own(socket);
            socket.connect(address, millis(limit));
            socket.setSoTimeout(millis(limit));
            channel = isSecure() ? secured(socket) : socket;
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    /** Known before it is dialled, so that a close meanwhile ends the dial. */
    private synchronized void own(Socket socket) throws SocketException {
        if (closed) {
            throw new SocketException("closed before the dial");
        }
        tcp = socket;
    }

    private Socket secured(Socket socket) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var secure = (SSLSocket) factory.createSocket(socket, node.getHost(), port(), true);
        SSLParameters parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /** Fails, and is closed, when the node takes nothing of it for {@code limit}. */
    void write(byte[] bytes, Duration limit) throws IOException {
        Writing.write(bytes, opened().getOutputStream(), this, limit);
    }

    /** How many bytes came; {@link #NOTHING_YET} when none did within {@code limit}, less than that at the end. */
    int read(byte[] buffer, Duration limit) throws IOException {
        try {
            opened().setSoTimeout(millis(limit));
            return opened().getInputStream().read(buffer);
        } catch (SocketTimeoutException nothing) {
            return NOTHING_YET;
        }
    }

    static boolean isEnd(int read) {
        return read == END;
    }

    private Socket opened() throws SocketException {
        Socket opened = channel;
        if (opened == null) {
            throw new SocketException("not open");
        }
        return opened;
    }

    @Override
    public void close() {
        Socket owned;
        synchronized (this) {
            closed = true;
            owned = tcp;
        }
        if (owned != null) {
            try {
                owned.close();
            } catch (IOException nothingToBeDone) {
                // The socket is given up all the same.
            }
        }
    }

    private int port() {
        if (node.getPort() >= 0) {
            return node.getPort();
        }
        return isSecure() ? 443 : 80;
    }

    private boolean isSecure() {
        return node.getScheme().toLowerCase(Locale.ROOT).equals("https");
    }

    /** At least one: zero would mean for ever. */
    private static int millis(Duration limit) {
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, limit.toMillis()));
    }
}
