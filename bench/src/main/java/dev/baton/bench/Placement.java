package dev.baton.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.local.LocalNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Chats that all run on one node: chats of one shard live together, so one of each shard says where the others are. */
final class Placement {
    /** akka.cluster.sharding.number-of-shards of the nodes. Were it another, the chats would be spread, and it would show. */
    private static final int SHARDS = 30;

    private static final int PROBES = 4 * SHARDS;
    private static final int AT_ONCE = 300;
    private static final int MOST_IN_ALL = 100_000;

    private Placement() {}

    /** Ids of new chats, without a message, that will run on {@code node}. */
    static List<String> chatsOn(LocalNode node, Api api, Supplier<URI> nodes, int count) {
        Map<Integer, Boolean> here = shards(node, api, nodes);
        var chats = new ArrayList<String>();
        for (int made = 0; chats.size() < count; made += AT_ONCE) {
            if (made > MOST_IN_ALL) {
                throw new BenchFailure("of %d chats only %d are on %s".formatted(made, chats.size(), node.name()));
            }
            for (String chat : Chats.ids(api, nodes, AT_ONCE)) {
                if (here.getOrDefault(shard(chat), false)) {
                    chats.add(chat);
                }
            }
        }
        return List.copyOf(chats.subList(0, count));
    }

    private static Map<Integer, Boolean> shards(LocalNode node, Api api, Supplier<URI> nodes) {
        ObjectNode message = JsonNodeFactory.instance.objectNode().put("content", "words=6 rate=1");
        List<String> probes = Chats.ids(api, nodes, PROBES);
        Map<Integer, Boolean> here = new HashMap<>();
        List<JsonNode> said = api.all(probes.stream()
                .<Callable<JsonNode>>map(probe -> () -> {
                    api.post(nodes, "/chats/" + probe + "/messages", message);
                    return api.get(nodes, "/chats/" + probe + "/diagnosis");
                })
                .toList());
        for (int i = 0; i < probes.size(); i++) {
            here.put(
                    shard(probes.get(i)),
                    said.get(i).path("runner").path("node").asText().contains(node.address()));
        }
        return here;
    }

    private static int shard(String chat) {
        return Math.abs(chat.hashCode() % SHARDS);
    }
}
