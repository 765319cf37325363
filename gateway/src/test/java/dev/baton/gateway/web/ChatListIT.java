package dev.baton.gateway.web;

import static dev.baton.gateway.web.Wire.message;
import static dev.baton.gateway.web.Wire.row;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

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

    private void list(String... rows) {
        api.answer("GET /api/v1/chats", "{\"chats\":[" + String.join(",", rows) + "]}");
    }

    private static String changed(String row) {
        return "{\"type\":\"chat\",\"chat\":" + row + "}";
    }
}
