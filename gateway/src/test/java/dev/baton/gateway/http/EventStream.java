package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client that reads server-sent events line by line. */
final class EventStream implements LiveClient {
    private final BufferedReader lines;

    EventStream(HttpScene scene, String path, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(scene.uri("/api/v1" + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var response = scene.client().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    @Nullable
    String line() throws IOException {
        return lines.readLine();
    }

    @Override
    public boolean endsProperly() throws IOException {
        return line() == null;
    }

    @Override
    public JsonNode next() throws IOException {
        String line = line();
        while (line != null && !line.startsWith("data: ")) {
            line = line();
        }
        if (line == null) {
            throw new AssertionError("the stream has ended");
        }
        assertThat(line()).isEmpty();
        return ApiScene.json(line.substring("data: ".length()));
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
