package dev.baton.gateway.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page's pure functions, asked where they run. */
class PageModulesIT extends InBrowser {

    @BeforeEach
    void load() {
        open("/");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void cutsFramesTheSameWhateverThePiecesTheyComeIn(int size) {
        assertThat(run("sse", """
                const text = 'id: 7\\r\\nevent: a\\r\\ndata: {"a":\\r\\ndata: 1}\\r\\n\\r\\n: alive\\n\\nid:8\\rdata:two: 2\\r\\r'
                    + 'data: half';
                const frames = new module.Frames();
                const found = [];
                for (let at = 0; at < text.length; at += %d) found.push(...frames.push(text.slice(at, at + %d)));
                return found;""".formatted(size, size)))
                .isEqualTo("[{\"id\":\"7\",\"data\":\"{\\\"a\\\":\\n1}\"},{\"id\":\"8\",\"data\":\"two: 2\"}]"
                        .replace("\n", "\\n"));
    }

    @Test
    void keepsPartsOfAnOlderAttemptOutOfTheNewerOne() {
        assertThat(preview(part(4, 2, 1, "b"), part(4, 1, 9, "a"), part(3, 5, 9, "a"), part(4, 2, 2, "c")))
                .isEqualTo("[{\"type\":\"text\",\"text\":\"bc\"}]");
    }

    @Test
    void aCommittedAnswerEndsItsPreviewAndKeepsLatePartsOut() {
        String answer = "{type: 'message', message: {id: 'm2', role: 'assistant', version: 5, content: []}}";

        assertThat(preview(part(4, 1, 1, "a"), answer, part(4, 1, 2, "b"))).isEqualTo("[]");
        assertThat(preview(part(4, 1, 1, "a"), answer, part(5, 1, 1, "c")))
                .isEqualTo("[{\"type\":\"text\",\"text\":\"c\"}]");
    }

    @Test
    void aUserMessageLeavesThePreviewOfWhatRunsBeside() {
        String steering = "{type: 'message', message: {id: 'm3', role: 'user', version: 5, content: []}}";

        assertThat(preview(part(4, 1, 1, "a"), steering, part(4, 1, 2, "b")))
                .isEqualTo("[{\"type\":\"text\",\"text\":\"ab\"}]");
    }

    @Test
    void takesANewerRevisionOfAMessageInItsPlaceAndNoOlderOne() {
        assertThat(reduced("state.messages.map(m => m.id + m.version)", """
                {type: 'message', message: {id: 'm1', role: 'user', version: 2, content: []}},
                {type: 'message', message: {id: 'm2', role: 'assistant', version: 3, content: []}},
                {type: 'message', message: {id: 'm1', role: 'user', version: 5, content: []}},
                {type: 'message', message: {id: 'm2', role: 'assistant', version: 1, content: []}}""")).isEqualTo("[\"m15\",\"m23\"]");
    }

    @Test
    void tellsOfAMoveUntilTheTurnIsOver() {
        String moved = "{type: 'moved', from: 'a#1', to: 'b#2', cause: 'takeover'}";

        assertThat(reduced("state.moved.to", moved + ", {type: 'status', status: 'running'}"))
                .isEqualTo("\"b#2\"");
        assertThat(reduced("state.moved", moved + ", {type: 'status', status: 'waiting'}"))
                .isEqualTo("null");
    }

    @Test
    void anUnknownEventChangesNothing() {
        assertThat(reduced("state === module.EMPTY", "{type: 'later'}, {type: 'constructor'}"))
                .isEqualTo("true");
    }

    @Test
    void aListAskedForEarlierDoesNotBringBackAChatThatIsGone() {
        assertThat(rows("{type: 'chat_removed', chat_id: 'c1'}, {type: 'listed', chats: [{id: 'c1', version: 1}]}"))
                .isEqualTo("[]");
        assertThat(rows("{type: 'chat_removed', chat_id: 'c1'}, {type: 'chat', chat: {id: 'c1', version: 1}}"))
                .isEqualTo("[\"c1\"]");
    }

    @Test
    void setsCodeApartWhileItsFenceIsStillOpen() {
        assertThat(run("text", "return module.blocks('Say:\\n```js\\nlet a = `1`\\n');"))
                .isEqualTo("[{\"kind\":\"words\",\"text\":\"Say:\"},"
                        + "{\"kind\":\"code\",\"text\":\"let a = `1`\\n\",\"language\":\"js\"}]");
    }

    @Test
    void doesNotTakeAShorterFenceForTheEndOfALongerOne() {
        assertThat(run("text", "return module.blocks('````md\\n```\\nx\\n```\\n````\\nend').map(b => b.text);"))
                .isEqualTo("[\"```\\nx\\n```\",\"end\"]");
    }

    private String preview(String... events) {
        return reduced("state.preview.parts", String.join(",", events));
    }

    private static String part(int historyVersion, int attempt, int seq, String text) {
        return """
                {type: 'message_part', history_version: %d, attempt: %d, seq: %d, role: 'assistant',
                 part: {type: 'text', text: '%s'}}""".formatted(historyVersion, attempt, seq, text);
    }

    private String rows(String events) {
        return run(
                "list-state",
                "return Object.keys([%s].reduce((s, e) => module.reduceList(s, e), module.NOTHING).rows);"
                        .formatted(events));
    }

    private String reduced(String result, String events) {
        return run(
                "chat-state",
                "const state = [%s].reduce((s, e) => module.reduce(s, e), module.EMPTY); return %s;"
                        .formatted(events, result));
    }

    private String run(String module, String body) {
        return browser.evaluate("import('/assets/%s.js').then((module) => { %s })".formatted(module, body))
                .toString();
    }
}
