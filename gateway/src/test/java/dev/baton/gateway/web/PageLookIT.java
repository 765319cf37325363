package dev.baton.gateway.web;

import static dev.baton.gateway.web.Wire.failure;
import static dev.baton.gateway.web.Wire.message;
import static dev.baton.gateway.web.Wire.row;
import static dev.baton.gateway.web.Wire.status;
import static dev.baton.gateway.web.Wire.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each place of the page fits a desk and a phone, by day and by night; pictures are left in {@code target/page}. */
class PageLookIT extends InBrowser {

    private static final String WALK = row(
            "c1",
            "A walk along the river in the rain",
            "running",
            9,
            ",\"labels\":{\"team\":\"blue\",\"kind\":\"demo\"}");
    private static final String NOTES = row("c2", "Release notes", "error", 8, ",\"pinned\":true");
    private static final String QUERY =
            row("c3", "Which index does this query use, and why is it so slow?", "requires_action", 7, "");
    private static final String GROCERIES = row("c4", "Groceries", "waiting", 6, ",\"queued_messages\":2");

    @BeforeEach
    void script() {
        api.answer("GET /api/v1/chats", "{\"chats\":[" + String.join(",", WALK, NOTES, QUERY, GROCERIES) + "]}");
        api.answer("GET /api/v1/models", "{\"models\":[{\"id\":\"simulated/default\"},{\"id\":\"local/fake-20-0\"}]}");
        api.answer("GET /api/v1/chats/c1", WALK);
        api.answer("GET /api/v1/chats/c2", NOTES);
        api.answer("GET /api/v1/chats/c3", QUERY);
    }

    @ParameterizedTest
    @CsvSource({"wide, 1100, 760, light", "wide, 1100, 760, dark", "phone, 360, 700, light", "phone, 360, 700, dark"})
    void fitsItsWindow(String size, int width, int height, String colours) throws IOException {
        walk("/api/v1/chats/c1/stream");
        notes("/api/v1/chats/c2/stream");
        query("/api/v1/chats/c3/stream");
        browser.prefer(colours);
        browser.resize(width, height);
        for (String place : new String[] {"/", "/chats/c1", "/chats/c2", "/chats/c3"}) {
            open(place);
            browser.waitFor("document.querySelectorAll('.row').length === 4");
            browser.waitFor("location.pathname === '/' || document.querySelector('.messages li') !== null");
            browser.waitFor("document.querySelector('.foot, .welcome') !== null");
            assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt())
                    .as("width at " + place)
                    .isEqualTo(width);
            String name = place.equals("/") ? "home" : place.substring(place.lastIndexOf('/') + 1);
            browser.screenshot(Path.of("target", "page", "%s-%s-%s.png".formatted(name, size, colours)));
        }
    }

    private void walk(String stream) {
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
        api.push(stream, """
                {"type":"queue_update","queued_messages":[{"id":"q1","content":"Bring an umbrella"}]}""");
        api.push(stream, words(4, 1, 1, "Take the path that follows the river, and"));
    }

    private void notes(String stream) {
        api.push(stream, message("m1", "user", "Write the release notes.", 2));
        api.push(stream, """
                {"type":"message","message":{"id":"m2","role":"assistant","version":3,"created_at":"2026-10-01T10:00:00Z",
                 "interrupted":true,"usage":{"input_tokens":120,"output_tokens":48},"content":[
                   {"type":"reasoning","text":"They want it short."},
                   {"type":"tool_call","id":"t1","name":"git_log","arguments":"{\\"since\\":\\"v1.0\\"}"},
                   {"type":"text","text":"Since the last release:"}]}}""");
        api.push(stream, """
                {"type":"message","message":{"id":"m3","role":"tool","version":4,"created_at":"2026-10-01T10:00:00Z","content":[
                   {"type":"tool_result","call_id":"t1","output":"[]","is_error":false}]}}""");
        api.push(stream, status("error"));
        api.push(
                stream,
                "{\"type\":\"error\",\"error\":%s}"
                        .formatted(failure(
                                "The model server answered that it has too much to do right now", "overloaded", true)));
        api.push(stream, "{\"type\":\"moved\",\"from\":\"a\",\"to\":\"b\",\"pause_ms\":640,\"cause\":\"handover\"}");
    }

    private void query(String stream) {
        api.push(stream, message("m1", "user", "Which index does this query use, and why is it so slow?", 2));
        api.push(stream, status("requires_action"));
        api.push(stream, """
                {"type":"action_required","deadline":"2999-01-01T00:00:00Z","tool_calls":[
                  {"id":"call_1","name":"explain","arguments":"{\\"query\\":\\"select * from chat where owner = $1\\"}"}]}""");
        api.push(stream, """
                {"type":"retry","attempt":2,"delay_ms":30000,"until":"2999-01-01T00:00:00Z","error":%s}""".formatted(failure("too many requests", "rate_limit", true)));
    }
}
