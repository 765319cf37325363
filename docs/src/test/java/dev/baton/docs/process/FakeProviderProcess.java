package dev.baton.docs.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.gateway.bridge.fake.FakeProvider;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The fake provider as its own process. */
final class FakeProviderProcess implements AutoCloseable {
    private static final String READY = "fake provider ";

    private final Process process;
    private final String url;

    private FakeProviderProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static FakeProviderProcess start() {
        try {
            Process process = new ProcessBuilder(JavaCommand.ofTests(FakeProvider.class.getName()))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = lines.readLine();
            if (line == null || !line.startsWith(READY)) {
                process.destroyForcibly();
                throw new AssertionError("the fake provider did not get ready: " + line);
            }
            return new FakeProviderProcess(process, line.substring(READY.length()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String baseUrl() {
        return url + "/v1";
    }

    /** What it was asked and how that ended. */
    JsonNode log() {
        try (var body = URI.create(url + "/log").toURL().openStream()) {
            return new ObjectMapper().readTree(body);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
