package dev.baton.gateway.web;

import static dev.baton.gateway.web.Wire.message;
import static dev.baton.gateway.web.Wire.row;
import static dev.baton.gateway.web.Wire.status;
import static dev.baton.gateway.web.Wire.words;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatListIT extends InBrowser {

    private static final String WATCH = "/api/v1/watch";
    private static final String TITLES = "[...document.querySelectorAll('.row-title')].map(e => e.textContent).join()";

    @Test
    void listsPinnedChatsFirstAndFollowsEachChange() {
        list(
                row("c1", "Old", "waiting", 1, ""),
                row("c2", "New", "running", 2, ""),
                row("c3", "Kept", "error", 0, ",\"pinned\":true"));
        open("/");
        browser.waitFor(TITLES + " === 'Kept,New,Old'");
        assertThat(browser.text(".row:nth-child(2) .dot")).isEqualTo("running");

        api.push(WATCH, changed(row("c1", "Older", "waiting", 3, "")));
        browser.waitFor(TITLES + " === 'Kept,Older,New'");
        api.push(WATCH, changed(row("c1", "Stale", "waiting", 2, "")));
        api.push(WATCH, "{\"type\":\"chat_removed\",\"chat_id\":\"c2\"}");
        browser.waitFor(TITLES + " === 'Kept,Older'");
        api.push(WATCH, changed(row("c3", "Kept", "waiting", 4, ",\"archived\":true")));
        browser.waitFor(TITLES + " === 'Older'");
    }

    @Test
    void narrowsTheListByTextLabelAndArchive() throws Exception {
        list(row("c1", "Rain", "waiting", 1, ",\"labels\":{\"team\":\"blue\"}"), row("c2", "Sun", "waiting", 2, ""));
        open("/");
        browser.waitFor(TITLES + " === 'Sun,Rain'");

        list(row("c1", "Rain", "waiting", 1, ",\"labels\":{\"team\":\"blue\"}"));
        browser.type("input[type=search]", "rai");
        browser.waitFor(TITLES + " === 'Rain'");
        browser.type("input[type=search]", " ");
        browser.waitFor(TITLES + " === 'Sun,Rain'");

        browser.click(".row .label");
        browser.waitFor(TITLES + " === 'Rain'");
        browser.click(".filters .label");
        list();
        browser.click(".filters input[type=checkbox]");
        browser.waitForText(".rows", "Nothing is archived");
    }

    @Test
    void beginsAChatWithItsFirstMessage() throws Exception {
        api.answer("POST /api/v1/chats", row("c9", "", "running", 1, ""));
        api.answer("GET /api/v1/chats/c9", row("c9", "", "running", 1, ""));
        api.push("/api/v1/chats/c9/stream", message("m1", "user", "Tell me", 1));
        open("/");
        browser.type("#message", "Tell me");
        browser.pressEnter();

        JsonNode made = api.take("POST /api/v1/chats").body();
        assertThat(made.at("/message/content").asText()).isEqualTo("Tell me");
        browser.waitForText(".messages", "Tell me");
        assertThat(browser.evaluate("location.pathname").asText()).isEqualTo("/chats/c9");
        browser.evaluate("history.back()");
        browser.waitForText("h1", "Start a chat");
    }

    @Test
    void carriesATokenFromTheAddressAndHidesItThere() throws Exception {
        open("/#token=baton_secret");

        assertThat(api.take("GET " + WATCH).authorization()).isEqualTo("Bearer baton_secret");
        assertThat(browser.evaluate("location.href").asText()).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"wide, 1100, 760, light", "wide, 1100, 760, dark", "phone, 360, 700, light", "phone, 360, 700, dark"})
    void fitsItsWindow(String name, int width, int height, String colours) throws Exception {
        list(
                row(
                        "c1",
                        "A walk along the river in the rain",
                        "running",
                        9,
                        ",\"labels\":{\"team\":\"blue\",\"kind\":\"demo\"}"),
                row("c2", "Release notes", "error", 8, ",\"pinned\":true"),
                row("c3", "Which index does this query use, and why is it so slow?", "requires_action", 7, ""),
                row("c4", "Groceries", "waiting", 6, ""));
        String stream = "/api/v1/chats/c1/stream";
        api.push(stream, message("m1", "user", "How do I take a walk in Java?", 2));
        api.push(stream, message("m2", "assistant", """
                Walk the tree with `Files.walk`, and close the stream:

                ```java
                try (Stream<Path> paths = Files.walk(folder)) {
                    paths.filter(Files::isRegularFile).forEach(this::visit); // a long line, so that it has to scroll
                }
                ```
                It visits each directory before what is in it.""", 3));
        api.push(stream, message("m3", "user", "And in the rain?", 4));
        api.push(stream, status("running"));
        api.push(
                stream,
                "{\"type\":\"queue_update\",\"queued_messages\":[{\"id\":\"q1\",\"content\":\"Bring an umbrella\"}]}");
        api.push(stream, words(4, 1, 1, "Take the path that follows the river, and"));
        api.answer("GET /api/v1/chats/c1", row("c1", "A walk along the river in the rain", "running", 9, ""));
        browser.prefer(colours);
        browser.resize(width, height);
        for (String path : new String[] {"/", "/chats/c1"}) {
            open(path);
            browser.waitFor(TITLES + ".includes('Groceries')");
            browser.waitFor("location.pathname === '/' || document.querySelector('.preview') !== null");
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .isEqualTo(width);
            String place = path.equals("/") ? "home" : "chat";
            browser.screenshot(Path.of("target", "page", "%s-%s-%s.png".formatted(place, name, colours)));
        }
    }

    private void list(String... rows) {
        api.answer("GET /api/v1/chats", "{\"chats\":[" + String.join(",", rows) + "]}");
    }

    private static String changed(String row) {
        return "{\"type\":\"chat\",\"chat\":" + row + "}";
    }
}
