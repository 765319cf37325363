package dev.baton.gateway.http;

import dev.baton.gateway.auth.Tokens;
import dev.baton.gateway.cluster.ClusterNodes;
import dev.baton.gateway.cluster.Takeovers;
import dev.baton.gateway.stream.ChatList;
import dev.baton.gateway.stream.RunnerNodes;
import dev.baton.gateway.stream.Sockets;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.journal.ChatAsk;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * What the API works with. {@code ids}: new chats' ids, in the order of time; {@code here}: this node; {@code metrics}: the
 * values of all {@code meters}, as Prometheus reads them.
 */
public record ApiParts(
        ChatAsk chats,
        ChatList list,
        Sockets sockets,
        RunnerNodes runners,
        ClusterNodes cluster,
        Takeovers takeovers,
        Tokens tokens,
        CallLedger ledger,
        BudgetDesk budgets,
        MeterRegistry meters,
        Supplier<CompletionStage<String>> metrics,
        Models models,
        Providers providers,
        Readiness readiness,
        Supplier<ChatId> ids,
        NodeId here,
        Clock clock) {}
