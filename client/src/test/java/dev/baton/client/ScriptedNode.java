package dev.baton.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A node that serves each connection as its script says, then cuts it. When closed, no thread of it is left. */
final class ScriptedNode implements AutoCloseable {
    private final ServerSocket server;
    private final Script script;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    /** What happens on one connection. */
    @FunctionalInterface
    interface Script {
        void serve(Call call) throws IOException;
    }

    /** One connection, from 1, whose request's head has come. */
    record Call(int number, String head, InputStream in, OutputStream out) {

        String header(String name) {
            return head.lines()
                    .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                    .map(line -> line.substring(name.length() + 1).strip())
                    .findFirst()
                    .orElse("");
        }

        Call say(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
            return this;
        }

        /** Until the client hangs up. */
        void hold() throws IOException {
            while (in.read() >= 0) {
                // The rest of the request.
            }
        }
    }

    ScriptedNode(Script script) {
        this(anyPort(), script);
    }

    ScriptedNode(ServerSocket server, Script script) {
        this.script = script;
        this.server = server;
        start(this::accept);
    }

    private static ServerSocket anyPort() {
        try {
            return new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    List<Call> calls() {
        return calls;
    }

    private void start(Runnable task) {
        var thread = new Thread(task, "scripted-node");
        threads.add(thread);
        thread.start();
    }

    private void accept() {
        try {
            for (int number = 1; true; number++) {
                Socket socket = server.accept();
                sockets.add(socket);
                int its = number;
                start(() -> serve(its, socket));
            }
        } catch (IOException closed) {
            // The end.
        }
    }

    private void serve(int number, Socket socket) {
        try (socket) {
            var call =
                    new Call(number, head(socket.getInputStream()), socket.getInputStream(), socket.getOutputStream());
            calls.add(call);
            script.serve(call);
        } catch (IOException gone) {
            // The client has hung up, or this node is closed.
        } finally {
            sockets.remove(socket);
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
            for (Thread thread : threads) {
                if (thread != Thread.currentThread()) {
                    thread.join();
                }
            }
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }
}
