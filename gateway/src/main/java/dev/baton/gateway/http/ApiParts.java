package dev.baton.gateway.http;

import akka.actor.typed.ActorRef;
import dev.baton.gateway.cluster.ClusterNodes;
import dev.baton.gateway.stream.ChatList;
import dev.baton.gateway.stream.Sockets;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.journal.ChatAsk;
import dev.baton.runner.RunnerSupervisor;
import java.time.Clock;
import java.util.function.Supplier;

/** What the API works with. {@code ids}: new chats' ids, in the order of time; {@code here}: this node. */
public record ApiParts(
        ChatAsk chats,
        ChatList list,
        Sockets sockets,
        ActorRef<RunnerSupervisor.Command> supervisor,
        ClusterNodes cluster,
        Models models,
        Readiness readiness,
        Supplier<ChatId> ids,
        NodeId here,
        Clock clock) {}
