package dev.baton.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.http.ApiScene.Answer;
import dev.baton.gateway.stream.MemoryChats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterEndpointsTest {
    private final ApiScene scene = new ApiScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    @Test
    void showsWhatEachNodeCarries() {
        JsonNode first = scene.get("/cluster").body().path("nodes").path(0);
        assertThat(first.path("node").asText()).isEqualTo(MemoryChats.NODE.value());
        assertThat(first.path("http_url").asText()).isEqualTo("http://127.0.0.1:8080");
        assertThat(first.path("runners").path("waiting").asInt()).isEqualTo(2);
        assertThat(first.path("sockets").asInt()).isEqualTo(3);
        assertThat(first.path("chats").asInt()).isEqualTo(4);
        assertThat(first.path("sweeper").asBoolean()).isTrue();
        assertThat(first.path("self").asBoolean()).isTrue();
    }

    @Test
    void showsANodeThatDoesNotAnswerWithoutWhatOnlyItKnows() {
        JsonNode cluster = scene.get("/cluster").body();
        JsonNode second = cluster.path("nodes").path(1);
        assertThat(second.path("address").asText()).isEqualTo(TwoNodes.HANGING.address());
        assertThat(second.path("reachable").asBoolean()).isFalse();
        assertThat(second.has("runners") || second.has("http_url")).isFalse();
        assertThat(cluster.path("unreachable").path(0).asText()).isEqualTo(TwoNodes.HANGING.value());
    }

    @Test
    void hasThisNodeLeaveWhenNoneIsNamed() {
        Answer answer = scene.post("/cluster/leave", null);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body().path("status").asText()).isEqualTo("leaving");
        assertThat(scene.cluster.leaving).containsExactly(MemoryChats.NODE.value());
    }

    @Test
    void hasAnotherNodeLeave() {
        Answer answer = scene.post("/cluster/leave", "{\"node\":\"%s\"}".formatted(TwoNodes.HANGING));
        assertThat(answer.body().path("address").asText()).isEqualTo(TwoNodes.HANGING.address());
        assertThat(scene.cluster.leaving).containsExactly(TwoNodes.HANGING.value());
    }

    @Test
    void listsTakeovers() {
        JsonNode page = scene.get("/cluster/takeovers?limit=2").body();
        JsonNode first = page.path("takeovers").path(0);
        assertThat(first.path("cause").asText()).isEqualTo("takeover");
        assertThat(first.path("from_node").asText()).isEqualTo(TwoNodes.HANGING.value());
        assertThat(first.has("pause_ms")).isFalse();
        assertThat(page.path("takeovers").path(1).path("pause_ms").asInt()).isEqualTo(2);
        assertThat(page.path("next_cursor").asText()).isEqualTo("more");
        assertThat(scene.get("/cluster/takeovers?chat=nobody").code()).isEqualTo("request_invalid");
        assertThat(scene.get("/cluster/takeovers?limit=201").code()).isEqualTo("request_invalid");
    }

    @Test
    void saysThatANodeIsNoMember() {
        Answer answer = scene.post("/cluster/leave", "{\"node\":\"127.0.0.1:9\"}");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("node_not_found");
        assertThat(answer.body().path("detail").asText()).contains("127.0.0.1:9");
        assertThat(scene.post("/cluster/leave", "{\"nodes\":1}").code()).isEqualTo("request_invalid");
    }
}
