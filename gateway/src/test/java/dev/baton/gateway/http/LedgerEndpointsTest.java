package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LedgerEndpointsTest {
    private final ApiScene scene = new ApiScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void sumsUpUsageByGroupAndAltogether() {
        JsonNode usage = scene.get("/usage?group_by=owner&from=2026-01-01&to=2026-02-01T00:00:00Z")
                .body();
        assertThat(usage.path("group_by").asText()).isEqualTo("owner");
        assertThat(usage.path("groups").findValuesAsText("group")).containsExactly("a", "b");
        JsonNode total = usage.path("totals").path(0);
        assertThat(total.path("cost").asText()).isEqualTo("2.1");
        assertThat(total.path("currency").asText()).isEqualTo("USD");
        assertThat(total.path("calls").asInt()).isEqualTo(3);
        assertThat(total.path("unknown_usage").asInt()).isEqualTo(1);
        assertThat(total.path("usage").path("cache_write_tokens").asInt()).isEqualTo(8);
    }

    @Test
    void sumsUpTheUsageOfAChatForThoseWhoReachIt() {
        String chat = scene.chat();
        JsonNode usage = scene.get("/chats/" + chat + "/usage").body();
        assertThat(usage.path("chat_id").asText()).isEqualTo(chat);
        assertThat(usage.path("totals")).hasSize(1);
        assertThat(scene.get("/chats/00000000-0000-0000-0000-0000000000ff/usage")
                        .code())
                .isEqualTo("chat_not_found");
    }

    @Test
    void showsCallsAndWhatWasSaidInThem() {
        JsonNode page = scene.get("/audit?outcome=failed&limit=1").body();
        assertThat(page.path("calls").path(0).path("cost").asText()).isEqualTo("0.000007");
        assertThat(page.path("next_cursor").asText()).isEqualTo("more");
        JsonNode call = scene.get("/audit/" + OneCall.ID).body();
        assertThat(call.path("records").findValuesAsText("kind")).containsExactly("prompt", "tool_call");
        assertThat(scene.get("/audit/nonsense").code()).isEqualTo("call_not_found");
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertThat(scene.get("/usage?group_by=colour").code()).isEqualTo("request_invalid");
        assertThat(scene.get("/usage?from=yesterday").code()).isEqualTo("request_invalid");
        assertThat(scene.get("/audit?outcome=lost").code()).isEqualTo("request_invalid");
        assertThat(scene.get("/audit?chat=x").code()).isEqualTo("request_invalid");
        assertThat(scene.get("/audit?limit=201").code()).isEqualTo("request_invalid");
    }
}
