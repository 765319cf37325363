package dev.baton.gateway.web;

import static dev.baton.gateway.web.Wire.failure;
import static dev.baton.gateway.web.Wire.message;
import static dev.baton.gateway.web.Wire.part;
import static dev.baton.gateway.web.Wire.row;
import static dev.baton.gateway.web.Wire.status;
import static dev.baton.gateway.web.Wire.words;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChatPageIT extends InBrowser {

    private static final String CHAT = "/api/v1/chats/c1";
    private static final String STREAM = CHAT + "/stream";
    private static final String LAST = ".message:last-child";

    @BeforeEach
    void script() {
        api.answer("GET " + CHAT, row("c1", "Weather", "waiting", 1, ""));
        api.answer("POST " + CHAT + "/messages", "{\"queued\":false}");
    }

    @Test
    void sendsWhatWasTypedAndShowsTheAnswerAsItStreams() throws Exception {
        open("/chats/c1");
        browser.type("#message", "Hello there");
        browser.pressEnter();
        JsonNode sent = api.take("POST " + CHAT + "/messages").body();
        assertThat(sent.get("content").asText()).isEqualTo("Hello there");
        assertThat(sent.get("busy").asText()).isEqualTo("queue");
        assertThat(sent.get("client_message_id").asText()).isNotBlank();
        browser.waitFor("document.querySelector('#message').value === ''");

        api.push(STREAM, message("m1", "user", "Hello there", 2));
        api.push(STREAM, status("running"));
        api.push(STREAM, words(2, 1, 1, "Good "));
        api.push(STREAM, words(2, 1, 2, "morning"));
        browser.waitForText(".preview", "Good morning");
        assertThat(browser.text(".messages")).contains("Hello there").contains("Good morning");

        api.push(STREAM, message("m2", "assistant", "Good morning!", 3));
        api.push(STREAM, status("waiting"));
        browser.waitForText(LAST, "Good morning!");
        assertThat(occurrences("Good morning")).isEqualTo(1);
        browser.waitFor("document.querySelector('.preview') === null");
    }

    @Test
    void whatIsTypedWhileAMessageIsSentStays() throws Exception {
        open("/chats/c1");
        browser.waitForText(".chat .connection", "live");
        browser.evaluate("""
                (real => {
                  const held = (answer) => new Promise((resolve) => { window.letGo = () => resolve(answer); });
                  window.fetch = (url, options) =>
                      options?.method === 'POST' ? real(url, options).then(held) : real(url, options);
                })(window.fetch)""");
        browser.type("#message", "first");
        browser.pressEnter();
        browser.type("#message", "second");
        JsonNode first = api.take("POST " + CHAT + "/messages").body();
        browser.evaluate("""
                new Promise((resolve) => {
                  const look = () => (window.letGo ? resolve(window.letGo()) : requestAnimationFrame(look));
                  look();
                })""");
        browser.waitFor("document.querySelector('.composer .primary').textContent === 'Send'");
        assertThat(browser.evaluate("document.querySelector('#message').value").asText())
                .isEqualTo("second");

        browser.pressEnter();
        JsonNode second = api.take("POST " + CHAT + "/messages").body();
        assertThat(first.get("content").asText()).isEqualTo("first");
        assertThat(second.get("content").asText()).isEqualTo("second");
        assertThat(second.get("client_message_id")).isNotEqualTo(first.get("client_message_id"));
    }

    @Test
    void shiftAndEnterMakesANewLineInsteadOfSending() {
        open("/chats/c1");
        browser.type("#message", "one\ntwo");

        assertThat(browser.evaluate("document.querySelector('#message').value").asText())
                .isEqualTo("one\ntwo");
        assertThat(browser.evaluate("""
                (() => {
                  const event = new KeyboardEvent('keydown', {key: 'Enter', shiftKey: true, cancelable: true, bubbles: true});
                  return document.querySelector('#message').dispatchEvent(event);
                })()""").asBoolean()).as("left to the browser").isTrue();
    }

    @Test
    void forgetsThePreviewOnResetSoThatNoWordIsDoubled() {
        api.push(STREAM, message("m1", "user", "Count", 2));
        api.push(STREAM, status("running"));
        api.push(STREAM, words(2, 1, 1, "one two "));
        open("/chats/c1");
        browser.waitForText(".preview", "one two");

        api.push(STREAM, "{\"type\":\"preview_reset\"}");
        api.push(STREAM, words(2, 2, 1, "one "));
        api.push(STREAM, words(2, 2, 2, "two three"));
        browser.waitForText(".preview", "one two three");

        assertThat(occurrences("one")).isEqualTo(1);
        assertThat(occurrences("two")).isEqualTo(1);
    }

    @Test
    void comesBackWithItsCursorAndShowsNothingTwice() throws Exception {
        api.push(STREAM, message("m1", "user", "Count", 2));
        api.push(STREAM, status("running"));
        api.push(STREAM, words(2, 1, 1, "one "));
        open("/chats/c1");
        browser.waitForText(".preview", "one");
        assertThat(api.take("GET " + STREAM).after()).isEmpty();

        api.drop(STREAM);
        api.push(STREAM, words(2, 1, 1, "one "));
        api.push(STREAM, words(2, 1, 2, "two"));
        browser.waitForText(".preview", "one two");

        assertThat(api.take("GET " + STREAM).after()).isEqualTo("3");
        assertThat(occurrences("one")).isEqualTo(1);
        browser.waitForText(".chat .connection", "live");
    }

    @Test
    void beginsAgainWhenTheServerDoesNotKnowItsPlaceAnyMore() throws Exception {
        api.push(STREAM, message("m1", "user", "Count", 2));
        api.push(STREAM, words(2, 1, 1, "one "));
        open("/chats/c1");
        browser.waitForText(".preview", "one");
        api.take("GET " + STREAM);

        api.forget(STREAM);
        api.push(STREAM, message("m7", "user", "Again", 9));
        browser.waitForText(LAST, "Again");
        assertThat(browser.text(".messages")).doesNotContain("Count").doesNotContain("one");

        assertThat(api.take("GET " + STREAM).after()).isEqualTo("2");
        assertThat(api.take("GET " + STREAM).after()).isEmpty();
        assertThat(browser.complaints()).singleElement().asString().contains("400");
    }

    @Test
    void goesToAnotherNodeWhenTheServerAsksForIt() throws Exception {
        api.push(STREAM, message("m1", "user", "Count", 2));
        open("/chats/c1");
        browser.waitForText(LAST, "Count");
        api.take("GET " + STREAM);

        api.push(STREAM, "{\"type\":\"reconnect\",\"delay_ms\":1}");

        assertThat(api.take("GET " + STREAM).after()).isEqualTo("2");
    }

    @Test
    void stopsARunningAnswer() throws Exception {
        api.answer("POST " + CHAT + "/interrupt", "{}");
        api.push(STREAM, message("m1", "user", "Count", 2));
        api.push(STREAM, status("running"));
        open("/chats/c1");
        browser.click(".button.stop");
        api.take("POST " + CHAT + "/interrupt");

        api.push(STREAM, status("interrupting"));
        browser.waitFor("document.querySelector('.button.stop').disabled");
        api.push(STREAM, status("waiting"));
        browser.waitFor("document.querySelector('.button.stop') === null");
    }

    @Test
    void showsTheQueueAndSendsNowOrDeletesFromIt() throws Exception {
        api.answer("POST " + CHAT + "/queue/q4/promote", "{}");
        api.answer("DELETE " + CHAT + "/queue/q5", "");
        api.push(STREAM, message("m1", "user", "Count", 2));
        api.push(STREAM, status("running"));
        api.push(STREAM, """
                {"type":"queue_update","queued_messages":[
                  {"id":"q4","content":[{"type":"text","text":"first"}]},
                  {"id":"q5","content":[{"type":"text","text":"second"}]}]}""");
        open("/chats/c1");
        browser.waitForText(".queue", "second");

        browser.click(".queue li:nth-child(1) button:nth-of-type(1)");
        api.take("POST " + CHAT + "/queue/q4/promote");
        browser.waitFor("document.querySelector('.notice.bad') === null");
        browser.click(".queue li:nth-child(2) button:nth-of-type(2)");
        api.take("DELETE " + CHAT + "/queue/q5");

        api.push(STREAM, "{\"type\":\"queue_update\",\"queued_messages\":[]}");
        browser.waitFor("document.querySelector('.queue') === null");
    }

    @Test
    void letsTheSenderChooseWhatAMessageDoesWhileTheChatIsBusy() throws Exception {
        api.push(STREAM, status("running"));
        open("/chats/c1");
        browser.waitFor("document.querySelector('.composer select') !== null");
        browser.evaluate("""
                (select => { select.value = 'steer'; select.dispatchEvent(new Event('change', {bubbles: true})); })(
                    document.querySelector('.composer select'))""");
        browser.type("#message", "shorter");
        browser.pressEnter();

        assertThat(api.take("POST " + CHAT + "/messages").body().get("busy").asText())
                .isEqualTo("steer");
    }

    @Test
    void editsAMessageAndDropsTheHistoryThatTheServerDrops() throws Exception {
        api.answer("PATCH " + CHAT + "/messages/m1", "{}");
        api.push(STREAM, message("m1", "user", "Hi", 2));
        api.push(STREAM, message("m2", "assistant", "Hello", 3));
        open("/chats/c1");
        browser.click(".message.user .quiet");
        browser.type(".edit textarea", "Goodbye");
        browser.pressEnter();
        assertThat(api.take("PATCH " + CHAT + "/messages/m1")
                        .body()
                        .get("content")
                        .asText())
                .isEqualTo("Goodbye");

        api.push(STREAM, "{\"type\":\"history_reset\"}");
        api.push(STREAM, message("m3", "user", "Goodbye", 4));
        browser.waitForText(LAST, "Goodbye");
        assertThat(browser.text(".messages")).doesNotContain("Hello");
    }

    @Test
    void showsAPlannedRetryUntilTheNextAttemptBegins() {
        api.push(STREAM, message("m1", "user", "Hi", 2));
        api.push(STREAM, status("running"));
        api.push(STREAM, """
                {"type":"retry","attempt":2,"delay_ms":30000,"until":"2999-01-01T00:00:00Z","error":%s}""".formatted(failure("too many requests", "rate_limit", true)));
        open("/chats/c1");
        browser.waitForText(".notice.wait", "Attempt 2 failed");
        assertThat(browser.text(".notice.wait")).contains("rate limit").contains("too many requests");

        api.push(STREAM, "{\"type\":\"preview_reset\"}");
        browser.waitFor("document.querySelector('.notice.wait') === null");
    }

    @Test
    void showsAnErrorAndTriesTheTurnAgain() throws Exception {
        api.answer("PATCH " + CHAT + "/messages/m1", "{}");
        api.push(STREAM, message("m1", "user", "Hi", 2));
        api.push(STREAM, status("error"));
        api.push(STREAM, "{\"type\":\"error\",\"error\":%s}".formatted(failure("no such key", "auth", false)));
        open("/chats/c1");
        browser.waitForText(".notice.bad", "no such key");
        assertThat(browser.text(".notice.bad"))
                .contains("auth")
                .contains("simulated 503")
                .contains("will not help");

        browser.click(".notice.bad .button");
        assertThat(api.take("PATCH " + CHAT + "/messages/m1")
                        .body()
                        .get("content")
                        .asText())
                .isEqualTo("Hi");
        api.push(STREAM, status("running"));
        browser.waitFor("document.querySelector('.notice.bad') === null");
    }

    @Test
    void saysWhereAWaitingChatStandsInLine() {
        api.push(STREAM, "{\"type\":\"status\",\"status\":\"running\",\"queue_position\":3}");
        open("/chats/c1");
        browser.waitForText(".notice.wait", "number 3 in line");

        api.push(STREAM, status("running"));
        browser.waitFor("document.querySelector('.notice.wait') === null");
    }

    @Test
    void handsInTheResultsOfToolsThatTheClientRuns() throws Exception {
        api.answer("POST " + CHAT + "/tool-results", "");
        api.push(STREAM, status("requires_action"));
        api.push(STREAM, """
                {"type":"action_required","deadline":"2999-01-01T00:00:00Z","tool_calls":[
                  {"id":"call_1","name":"where","arguments":"{\\"who\\":\\"me\\"}"}]}""");
        open("/chats/c1");
        browser.waitForText(".action", "where");
        browser.type(".action textarea", "{\"city\":\"Ghent\"}");
        browser.click(".action .button.primary");

        assertThat(api.take("POST " + CHAT + "/tool-results").body()).isEqualTo(Json.read("""
                {"results":[{"call_id":"call_1","output":{"city":"Ghent"},"is_error":false}]}"""));
        api.push(STREAM, status("running"));
        browser.waitFor("document.querySelector('.action') === null");
    }

    @Test
    void foldsThoughtsAndShowsToolCallsWithTheirResults() {
        api.push(STREAM, part(2, 1, 1, "{\"type\":\"reasoning\",\"text\":\"Let me \"}"));
        api.push(STREAM, part(2, 1, 2, "{\"type\":\"reasoning\",\"text\":\"think\"}"));
        api.push(STREAM, part(2, 1, 3, """
                {"type":"tool_call","id":"t1","name":"weather","arguments":"{}"}"""));
        open("/chats/c1");
        browser.waitForText(".preview", "weather");
        assertThat(browser.text(".reasoning p")).isEqualTo("Let me think");
        assertThat(browser.evaluate("document.querySelector('.reasoning').open").asBoolean())
                .isFalse();

        api.push(STREAM, """
                {"type":"message","message":{"id":"m2","role":"assistant","version":3,"created_at":"2026-10-01T10:00:00Z",
                 "content":[{"type":"tool_call","id":"t1","name":"weather","arguments":"{}"}]}}""");
        api.push(STREAM, """
                {"type":"message","message":{"id":"m3","role":"tool","version":4,"created_at":"2026-10-01T10:00:00Z",
                 "content":[{"type":"tool_result","call_id":"t1","output":"\\"sunny\\"","is_error":false}]}}""");
        browser.waitForText(".tool.done", "sunny");
    }

    @Test
    void neverTakesTextForMarkup() {
        String attack = "<img src=x onerror=\"document.title='owned'\"> `<b>` \n```html\n<script>1</script>\n```\n";
        api.push(STREAM, message("m1", "assistant", attack, 2));
        open("/chats/c1");
        browser.waitForText(".message pre", "<script>1</script>");

        assertThat(browser.text(".message")).contains("<img src=x onerror=");
        assertThat(browser.evaluate("document.querySelectorAll('.message img, .message b, .message script').length")
                        .asInt())
                .isZero();
        assertThat(browser.evaluate("document.title").asText()).isEqualTo("Weather · Baton");
    }

    @Test
    void renamesArchivesAndBringsBackAChat() throws Exception {
        api.answer("PATCH " + CHAT, row("c1", "Rain", "waiting", 2, ""));
        open("/chats/c1");
        browser.click(".title");
        browser.type(".rename", "Rain");
        browser.pressEnter();
        assertThat(api.take("PATCH " + CHAT).body()).isEqualTo(Json.read("{\"title\":\"Rain\"}"));
        browser.waitForText(".title", "Rain");

        api.answer("PATCH " + CHAT, row("c1", "Rain", "waiting", 3, ",\"archived\":true"));
        browser.click(".chat-actions button:last-child");
        assertThat(api.take("PATCH " + CHAT).body()).isEqualTo(Json.read("{\"archived\":true}"));
        browser.waitForText(".foot", "This chat is archived");
        browser.click(".foot .button");
        assertThat(api.take("PATCH " + CHAT).body()).isEqualTo(Json.read("{\"archived\":false}"));
    }

    private long occurrences(String word) {
        String text = browser.text(".messages");
        return text.split(word, -1).length - 1L;
    }
}
