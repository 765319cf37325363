package dev.baton.gateway.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPagesTest {

    private static final Pattern IMPORT = Pattern.compile("from '(\\.[^']+)'");
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"(/[^\"]+)\"");

    private final ActorTestKit kit = ActorTestKit.create();
    private final HttpClient client = HttpClient.newHttpClient();
    private ServerBinding binding;

    @BeforeAll
    void bind() {
        binding = Http.get(kit.system())
                .newServerAt("127.0.0.1", 0)
                .bind(WebPages.load().route())
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    void stop() {
        kit.shutdownTestKit();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html",
        "/chats/0b6e7b1e-8f7e-4c39-9b1a-1c2d3e4f5a6b, text/html",
        "/assets/app.js, application/javascript",
        "/assets/styles/base.css, text/css",
        "/assets/icon.svg, image/svg+xml",
        "/webjars/preact/dist/preact.module.js, application/javascript",
        "/webjars/preact/hooks/dist/hooks.module.js, application/javascript",
    })
    void servesItsFilesWithTheirTypeAndNoOther(String path, String type) {
        HttpResponse<String> response = get(path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).startsWith(type);
        assertThat(header(response, "X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.body()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/",
                "/assets/missing.js",
                "/assets/../index.html",
                "/assets/%2e%2e/index.html",
                "/assets/..%2f..%2freference.conf",
                "/assets/..%5c..%5creference.conf",
                "/assets//app.js",
                "/index.html",
                "/reference.conf",
                "/webjars/preact/package.json",
                "/webjars/preact/..%2f..%2fpreact",
                "/chats/a/b",
                "/api/v1/chats"
            })
    void knowsNoOtherPath(String path) {
        assertThat(get(path).statusCode()).isEqualTo(404);
    }

    @Test
    void answersWithoutTheContentWhenTheBrowserHasIt() throws Exception {
        String tag = header(get("/assets/app.js"), "ETag");

        HttpResponse<String> again = client.send(
                request("/assets/app.js").header("If-None-Match", tag).build(), BodyHandlers.ofString());

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(header(again, "ETag")).isEqualTo(tag);
        assertThat(header(again, "Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void answersAHeadRequestWithTheHeadersAlone() throws Exception {
        HttpResponse<String> response = client.send(
                request("/").method("HEAD", HttpRequest.BodyPublishers.noBody()).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).startsWith("text/html");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void allowsThePageNothingButThisServerAndTheImportMapItWasBuiltWith() {
        HttpResponse<String> page = get("/");
        String map = page.body().replaceAll("(?s).*<script type=\"importmap\">(.*?)</script>.*", "$1");
        String hash = Sha256.base64(map.getBytes(UTF_8));

        assertThat(header(page, "Content-Security-Policy"))
                .isEqualTo("default-src 'none'; script-src 'self' 'sha256-" + hash
                        + "'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    @Test
    void everyFileThatThePageLoadsIsThere() {
        Deque<String> open = new ArrayDeque<>();
        LINK.matcher(get("/").body()).results().map(result -> result.group(1)).forEach(open::add);
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            String path = open.remove();
            HttpResponse<String> response = get(path);
            assertThat(response.statusCode()).as(path).isEqualTo(200);
            IMPORT.matcher(response.body())
                    .results()
                    .map(result -> resolve(path, result))
                    .filter(seen::add)
                    .forEach(open::add);
        }
        assertThat(seen).contains("/assets/components/composer.js");
    }

    private static String resolve(String path, MatchResult found) {
        return URI.create(path).resolve(found.group(1)).toString();
    }

    private HttpResponse<String> get(String path) {
        try {
            return client.send(request(path).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + binding.localAddress().getPort() + path));
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
