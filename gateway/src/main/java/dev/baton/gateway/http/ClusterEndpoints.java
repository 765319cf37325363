package dev.baton.gateway.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.cluster.ClusterNodes;
import dev.baton.gateway.cluster.NodeReport;
import dev.baton.gateway.cluster.NodeView;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Shows the cluster to operators, and has nodes leave it. */
final class ClusterEndpoints {
    private final ClusterNodes cluster;

    ClusterEndpoints(ClusterNodes cluster) {
        this.cluster = cluster;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.get("/cluster", this::nodes).forOperators(),
                Endpoint.post("/cluster/leave", this::leave).forOperators());
    }

    private CompletionStage<HttpResponse> nodes(Call call) {
        return cluster.nodes().thenApply(nodes -> Answers.ok(json(nodes)));
    }

    private CompletionStage<HttpResponse> leave(Call call) {
        return call.body().thenApply(fields -> {
            Optional<String> name = fields.text("node");
            fields.end();
            ClusterNodes.Leaving leaving = cluster.leave(name).orElseThrow(() -> notFound(name.orElse("itself")));
            return Answers.accepted(Json.object()
                    .put("node", leaving.node())
                    .put("address", leaving.address())
                    .put("status", "leaving"));
        });
    }

    private static ChatException notFound(String name) {
        return new ChatException(
                ErrorCode.NODE_NOT_FOUND,
                "node %s is no member of this cluster, or means more than one; GET /api/v1/cluster lists them"
                        .formatted(name));
    }

    private static ObjectNode json(List<NodeView> nodes) {
        ObjectNode json = Json.object();
        ArrayNode all = json.putArray("nodes");
        nodes.forEach(node -> all.add(json(node)));
        ArrayNode unreachable = json.putArray("unreachable");
        nodes.stream()
                .filter(node -> !node.reachable())
                .forEach(node -> unreachable.add(node.node().value()));
        return json;
    }

    private static ObjectNode json(NodeView node) {
        NodeReport report = node.report();
        ObjectNode json = Json.object()
                .put("node", node.node().value())
                .put("address", node.node().address())
                .put("uid", node.uid())
                .put("status", node.status())
                .put("reachable", node.reachable())
                .put("oldest", node.oldest())
                .put("leader", node.leader())
                .put("sweeper", report != null && report.sweeper())
                .put("self", node.self());
        if (report != null) {
            json.put("http_url", report.httpUrl())
                    .put("version", report.version())
                    .put("since", report.since().toString());
            addCounts(json, report.counts());
        }
        return json;
    }

    private static void addCounts(ObjectNode json, NodeReport.@Nullable Counts counts) {
        if (counts == null) {
            return;
        }
        json.putObject("runners")
                .put("running", counts.running())
                .put("waiting", counts.waiting())
                .put("max", counts.max());
        json.put("sockets", counts.sockets()).put("chats", counts.chats());
    }
}
