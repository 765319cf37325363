package dev.baton.gateway.http;

import dev.baton.gateway.cluster.ClusterNodes;
import dev.baton.gateway.cluster.NodeReport;
import dev.baton.gateway.cluster.NodeView;
import dev.baton.gateway.cluster.Takeovers;
import dev.baton.gateway.stream.MemoryChats;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Move;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.view.MovePage;
import dev.baton.persistence.view.RunnerMove;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A cluster of this node and another one that hangs, with as many takeovers as anybody asks for. */
final class TwoNodes implements ClusterNodes, Takeovers {
    static final NodeId HANGING = new NodeId("akka://baton@127.0.0.1:25521#2");

    final List<String> leaving = new ArrayList<>();

    @Override
    public CompletionStage<List<NodeView>> nodes() {
        var report = new NodeReport(
                MemoryChats.NODE,
                "http://127.0.0.1:8080",
                "1.0",
                MemoryChats.NOW,
                true,
                new NodeReport.Counts(1, 2, 100, 3, 4));
        return CompletableFuture.completedFuture(List.of(
                new NodeView(MemoryChats.NODE, "1", "up", true, true, true, true, report),
                new NodeView(HANGING, "2", "up", false, false, false, false, null)));
    }

    @Override
    public CompletionStage<MovePage> page(Optional<ChatId> chat, Optional<String> cursor, int limit) {
        var all = new ArrayList<RunnerMove>();
        for (int i = 1; i <= limit; i++) {
            all.add(new RunnerMove(
                    chat.orElse(new ChatId(new UUID(0, i))),
                    i,
                    HANGING,
                    MemoryChats.NODE,
                    i % 2 == 0 ? Move.Cause.HANDOVER : Move.Cause.TAKEOVER,
                    MemoryChats.NOW,
                    i % 2 == 0 ? Duration.ofMillis(i) : null));
        }
        return CompletableFuture.completedFuture(
                new MovePage(all, cursor.isEmpty() ? Optional.of("more") : Optional.empty()));
    }

    @Override
    public Optional<Leaving> leave(Optional<String> name) {
        NodeId node = name.map(NodeId::new).orElse(MemoryChats.NODE);
        if (!node.equals(MemoryChats.NODE) && !node.equals(HANGING)) {
            return Optional.empty();
        }
        leaving.add(node.value());
        return Optional.of(new Leaving(node.value(), node.address()));
    }
}
