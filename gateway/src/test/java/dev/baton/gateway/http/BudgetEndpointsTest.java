package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BudgetEndpointsTest {
    private final ApiScene scene = new ApiScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void setsShowsAndRemovesBudgets() {
        JsonNode set = scene.call(
                        "PUT",
                        "/budgets/group/research",
                        "{\"window\":\"month\",\"cost_limit\":\"12.50\",\"token_limit\":100,\"members\":[\"bob\",\"ada\"]}")
                .body();
        assertThat(set.path("cost_limit").asText()).isEqualTo("12.5");
        assertThat(set.path("token_limit").asLong()).isEqualTo(100);
        assertThat(set.path("members").toString()).isEqualTo("[\"ada\",\"bob\"]");
        assertThat(set.path("spent").path("cost").asText()).isEqualTo("0.5");
        assertThat(set.path("now").asText()).isEqualTo("2026-03");
        assertThat(scene.get("/budgets/group/research").body()).isEqualTo(set);
        assertThat(scene.get("/budgets").body().path("budgets").path(0)).isEqualTo(set);
        assertThat(scene.call("DELETE", "/budgets/group/research", null).status())
                .isEqualTo(200);
        assertThat(scene.call("DELETE", "/budgets/group/research", null).code()).isEqualTo("budget_not_found");
        assertThat(scene.get("/budgets/group/research").code()).isEqualTo("budget_not_found");
    }

    @Test
    void takesALimitAsANumberToo() {
        JsonNode set = scene.call("PUT", "/budgets/owner/ada", "{\"window\":\"day\",\"cost_limit\":0.1}")
                .body();
        assertThat(set.path("cost_limit").asText()).isEqualTo("0.1");
        assertThat(set.has("token_limit")).isFalse();
    }

    @Test
    void refusesWhatIsNoBudget() {
        refuses("owner/ada", "{\"window\":\"week\",\"cost_limit\":1}");
        refuses("owner/ada", "{\"window\":\"day\"}");
        refuses("owner/ada", "{\"window\":\"day\",\"cost_limit\":-1}");
        refuses("owner/ada", "{\"window\":\"day\",\"cost_limit\":\"much\"}");
        refuses("owner/ada", "{\"window\":\"day\",\"cost_limit\":1e99}");
        refuses("owner/ada", "{\"window\":\"day\",\"token_limit\":1.5}");
        refuses("owner/ada", "{\"window\":\"day\",\"token_limit\":1,\"members\":[\"bob\"]}");
        refuses("group/research", "{\"window\":\"day\",\"token_limit\":1}");
        refuses("group/research", "{\"window\":\"day\",\"token_limit\":1,\"members\":[1]}");
        refuses("owner/" + "a".repeat(65), "{\"window\":\"day\",\"token_limit\":1}");
        assertThat(scene.call("PUT", "/budgets/team/x", "{}").code()).isEqualTo("budget_not_found");
    }

    private void refuses(String payer, String body) {
        assertThat(scene.call("PUT", "/budgets/" + payer, body).code())
                .as("%s %s", payer, body)
                .isEqualTo("request_invalid");
    }
}
