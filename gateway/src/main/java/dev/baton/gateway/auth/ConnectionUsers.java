package dev.baton.gateway.auth;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * Says whether the other end of a connection within this machine belongs to the user whom this process runs as. Linux lists
 * all connections with their users in {@code /proc/net}; where there is no such list nobody is taken for that user.
 */
final class ConnectionUsers {
    /** Of connections in another state the list may no longer know the user. */
    private static final String ESTABLISHED = "01";

    private static final int LOCAL = 1;
    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final int USER = 7;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};

    private final Path proc;
    private final OptionalInt self;

    /** {@code proc}: where the system says what it does; {@code self}: this process's user, if that can be told. */
    ConnectionUsers(Path proc, OptionalInt self) {
        this.proc = proc;
        this.self = self;
    }

    static ConnectionUsers ofThisMachine() {
        Path proc = Path.of("/proc");
        try {
            Object user = Files.getAttribute(proc.resolve("self"), "unix:uid");
            return new ConnectionUsers(proc, OptionalInt.of((Integer) user));
        } catch (IOException | RuntimeException notLinux) {
            return new ConnectionUsers(proc, OptionalInt.empty());
        }
    }

    /** Reads the lists of connections, which blocks for as long as the kernel needs to write them. */
    boolean isOwn(InetSocketAddress client, InetSocketAddress server) {
        if (self.isEmpty()) {
            return false;
        }
        return isOwn("tcp", text(client, false), text(server, false))
                || isOwn("tcp6", text(client, true), text(server, true));
    }

    private boolean isOwn(String list, String client, String server) {
        if (client.isEmpty() || server.isEmpty()) {
            return false;
        }
        try (BufferedReader lines =
                Files.newBufferedReader(proc.resolve("net").resolve(list), StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(client)) {
                    String[] fields = line.strip().split("\\s+", -1);
                    if (fields.length > USER
                            && fields[LOCAL].equals(client)
                            && fields[REMOTE].equals(server)
                            && fields[STATE].equals(ESTABLISHED)) {
                        return fields[USER].equals(Integer.toString(self.getAsInt()));
                    }
                }
            }
            return false;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** As the list has it: words of 32 bits in the machine's own order, then the port. Empty when it cannot be in there. */
    private static String text(InetSocketAddress address, boolean six) {
        InetAddress ip = address.getAddress();
        if (ip == null) {
            return "";
        }
        byte[] bytes = ip.getAddress();
        boolean isSix = bytes.length > Integer.BYTES;
        if (isSix && !six) {
            return "";
        }
        ByteBuffer all = ByteBuffer.allocate(MAPPED.length + Integer.BYTES);
        if (six && !isSix) {
            all.put(MAPPED);
        }
        all.put(bytes).flip();
        all.order(ByteOrder.nativeOrder());
        var text = new StringBuilder();
        while (all.hasRemaining()) {
            text.append("%08X".formatted(all.getInt()));
        }
        return text.append(":%04X".formatted(address.getPort())).toString().toUpperCase(Locale.ROOT);
    }
}
