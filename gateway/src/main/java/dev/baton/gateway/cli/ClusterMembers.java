package dev.baton.gateway.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.baton.gateway.local.LocalNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is to be said of the nodes of a local cluster: what their processes do, and what the cluster says of them. */
final class ClusterMembers {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build();
    private final Path data;

    /** {@code data}: where the nodes have their own token. */
    ClusterMembers(Path data) {
        this.data = data;
    }

    List<ClusterRow> of(List<LocalNode> nodes) {
        JsonNode cluster = told(nodes);
        var rows = new ArrayList<ClusterRow>();
        for (LocalNode node : nodes) {
            rows.add(row(node, cluster));
        }
        return rows;
    }

    private static ClusterRow row(LocalNode node, JsonNode cluster) {
        if (!node.isAlive()) {
            return ClusterRow.dead(node.name(), node.exitCode().orElse(0));
        }
        if (!node.isReady()) {
            return ClusterRow.starting(node.name());
        }
        for (JsonNode member : cluster.path("nodes")) {
            if (member.path("address").asText().endsWith(node.address())) {
                return ClusterRow.member(node.name(), node.url(), member);
            }
        }
        return ClusterRow.alone(node.name(), node.url(), cluster.isMissingNode() ? "no answer" : "not a member");
    }

    /** The word of the first node that answers; a node that hangs must not hold up the others' lines for long. */
    private JsonNode told(List<LocalNode> nodes) {
        for (LocalNode node : nodes) {
            if (node.isAlive() && node.isReady()) {
                JsonNode said = ask(node);
                if (!said.isMissingNode()) {
                    return said;
                }
            }
        }
        return MissingNode.getInstance();
    }

    private JsonNode ask(LocalNode node) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(node.url().resolve("/api/v1/cluster")).timeout(ANSWER_LIMIT);
        LocalTokens.in(List.of(data)).forEach(token -> request.setHeader("Authorization", "Bearer " + token));
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return response.statusCode() == 200 ? ApiClient.JSON.readTree(response.body()) : MissingNode.getInstance();
        } catch (IOException noAnswer) {
            return MissingNode.getInstance();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return MissingNode.getInstance();
        }
    }
}
