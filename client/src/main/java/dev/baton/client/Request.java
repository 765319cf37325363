package dev.baton.client;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is sent to a node; the same for each node that is tried. {@code body}: JSON; empty for none. */
record Request(String method, String path, Map<String, String> headers, String body) {
    private static final String PREFIX = "/api/v1";

    Request {
        headers = Map.copyOf(headers);
    }

    /** As it goes over the wire; the connection is for this request alone. */
    byte[] to(URI node, Map<String, String> common) {
        String base = node.getRawPath() == null ? "" : node.getRawPath().replaceAll("/+$", "");
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder()
                .append("%s %s%s%s HTTP/1.1\r\n".formatted(method, base, PREFIX, path))
                .append("Host: %s\r\n".formatted(node.getRawAuthority().replaceAll("^.*@", "")))
                .append("User-Agent: baton-client\r\nConnection: close\r\n");
        common.forEach((name, value) -> head.append("%s: %s\r\n".formatted(name, value)));
        headers.forEach(
                (name, value) -> head.append("%s: %s\r\n".formatted(name, Text.requireHeaderValue(name, value))));
        if (content.length > 0) {
            head.append("Content-Type: application/json\r\n");
        }
        if (content.length > 0 || !method.equals("GET")) {
            head.append("Content-Length: %d\r\n".formatted(content.length));
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(content);
        return bytes.toByteArray();
    }
}
