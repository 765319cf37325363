package dev.baton.gateway.bridge.fake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FakeProviderTest {
    private final FakeProvider fake = FakeProvider.start();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void answersAnOrdinaryClientOnOneConnection() throws Exception {
        for (int i = 0; i < 3; i++) {
            var response = ask("fake-3-0", "hi");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("\"finish_reason\":\"stop\"").endsWith("data: [DONE]\n\n");
            for (int token = 0; token < 3; token++) {
                assertThat(response.body()).contains(FakeText.token(FakeText.mark("hi"), token));
            }
        }
    }

    @Test
    void failsTheFirstCallsOfAConversationOnly() throws Exception {
        assertThat(ask("m", "status=429x2 retry-after=1").headers().firstValue("retry-after"))
                .contains("1");
        assertThat(ask("m", "status=429x2 retry-after=1").statusCode()).isEqualTo(429);
        assertThat(ask("m", "status=429x2 retry-after=1").statusCode()).isEqualTo(200);
        assertThat(ask("m", "status=429x2 something else").statusCode()).isEqualTo(429);
    }

    @Test
    void keepsALog() throws Exception {
        ask("fake-3-0", "hi");
        fake.log().awaitAllEnded(Duration.ofSeconds(5));
        JsonNode log = FakeJson.MAPPER.readTree(
                send(HttpRequest.newBuilder(fake.url().resolve("/log")).build()).body());
        assertThat(log.path("count").asInt()).isEqualTo(1);
        assertThat(log.path("open").asInt()).isZero();
        JsonNode call = log.path("calls").path(0);
        assertThat(call.path("prompt").asText()).isEqualTo("hi");
        assertThat(call.path("tokens").asInt()).isEqualTo(3);
        assertThat(call.path("end").asText()).isEqualTo("WHOLE");
    }

    @Test
    void runsAsAProcessOfItsOwn() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FakeProvider.class.getName(),
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var out = process.inputReader(StandardCharsets.UTF_8)) {
            String ready = out.readLine();
            assertThat(ready).startsWith("fake provider http://127.0.0.1:");
            URI models = URI.create(ready.substring("fake provider ".length()) + "/v1/models");
            assertThat(send(HttpRequest.newBuilder(models).build()).statusCode())
                    .isEqualTo(200);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private HttpResponse<String> ask(String model, String prompt) throws IOException, InterruptedException {
        var body = FakeJson.MAPPER.createObjectNode().put("model", model).put("stream", true);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        return send(HttpRequest.newBuilder(URI.create(fake.baseUrl() + "/chat/completions"))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
