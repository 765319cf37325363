package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A client that speaks WebSocket by hand, so that it can do what no library does. */
final class RawWebSocket implements AutoCloseable {
    static final int TEXT = 1;
    static final int PING = 9;
    static final int PONG = 10;

    private final Socket socket;
    private final DataInputStream in;

    /** A frame from the server. */
    record Received(int opcode, String text) {}

    RawWebSocket(int port, String path) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(15_000);
        in = new DataInputStream(socket.getInputStream());
        List<String> request = List.of(
                "GET /api/v1" + path + " HTTP/1.1",
                "Host: 127.0.0.1",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "\r\n");
        socket.getOutputStream().write(String.join("\r\n", request).getBytes(StandardCharsets.US_ASCII));
        assertThat(line()).contains("101");
        while (!line().isEmpty()) {}
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int next = in.readUnsignedByte(); next != '\n'; next = in.readUnsignedByte()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    Received next() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0f;
        int length = in.readUnsignedByte();
        int size = length == 126 ? in.readUnsignedShort() : length;
        assertThat(size).as("a short frame").isLessThan(65_536);
        return new Received(opcode, new String(in.readNBytes(size), StandardCharsets.UTF_8));
    }

    Received next(int opcode) throws IOException {
        Received frame = next();
        while (frame.opcode() != opcode) {
            frame = next();
        }
        return frame;
    }

    /** An empty frame, masked with zeros as clients must. */
    void say(int opcode) throws IOException {
        socket.getOutputStream().write(new byte[] {(byte) (0x80 | opcode), (byte) 0x80, 0, 0, 0, 0});
    }

    /** Reads whatever still comes, and answers nothing. */
    void readToTheEnd() {
        try {
            while (in.read() >= 0) {}
        } catch (IOException reset) {
            // An end, too.
        }
    }

    /** Is gone without a word: the connection is reset. */
    void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
