package dev.baton.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.server.Directives;
import akka.stream.Materializer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tests of the page in a real browser. Each test has a server of its own, and so an origin of its own: nothing that the
 * browser remembers reaches the next one.
 */
@EnabledIf(value = "dev.baton.gateway.web.Browser#isInstalled", disabledReason = "Chromium is not installed")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InBrowser {

    private final ActorTestKit kit = ActorTestKit.create();
    private ServerBinding binding;
    Browser browser;
    ScriptedApi api;

    @BeforeAll
    void launch(@TempDir Path profile) throws IOException, InterruptedException {
        browser = Browser.launch(profile);
    }

    @AfterAll
    void close() {
        browser.close();
        kit.shutdownTestKit();
    }

    @BeforeEach
    void bind() {
        api = new ScriptedApi(Materializer.createMaterializer(kit.system()));
        api.answer("GET /api/v1/chats", "{\"chats\": []}");
        api.answer("GET /api/v1/models", "{\"models\": []}");
        binding = Http.get(kit.system())
                .newServerAt("127.0.0.1", 0)
                .bind(Directives.concat(WebPages.load().route(), api.route()))
                .toCompletableFuture()
                .join();
        browser.resize(1100, 760);
    }

    @AfterEach
    void unbind() {
        assertThat(browser.complaints()).isEmpty();
        browser.open("about:blank");
        api.dropAll();
        binding.terminate(Duration.ofSeconds(5)).toCompletableFuture().join();
    }

    void open(String path) {
        browser.open("http://127.0.0.1:" + binding.localAddress().getPort() + path);
    }
}
