package dev.baton.gateway.http;

import dev.baton.gateway.stream.MemoryChats;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.ledger.Asker;
import dev.baton.persistence.ledger.CallAttempt;
import dev.baton.persistence.ledger.CallDetail;
import dev.baton.persistence.ledger.CallFilter;
import dev.baton.persistence.ledger.CallId;
import dev.baton.persistence.ledger.CallPage;
import dev.baton.persistence.ledger.CallRecord;
import dev.baton.persistence.ledger.CallRow;
import dev.baton.persistence.ledger.Grouping;
import dev.baton.persistence.ledger.Outcome;
import dev.baton.persistence.ledger.Price;
import dev.baton.persistence.ledger.Target;
import dev.baton.persistence.ledger.UsageSum;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A ledger with one call, which failed and is ada's. */
final class OneCall implements CallLedger {
    static final CallId ID = new CallId(new UUID(5, 1));
    private static final CallRow CALL = new CallRow(
            ID,
            new Asker("ada", "t1", Asker.CHAT, new ChatId(new UUID(0, 1)), new CallAttempt(3, 1, 2)),
            new Target("large", "cloud", "large-1", new Price(new BigDecimal("0.50"), BigDecimal.ONE)),
            MemoryChats.NODE,
            MemoryChats.NOW,
            MemoryChats.NOW,
            Outcome.FAILED,
            "timeout",
            "it broke",
            true,
            new Usage(10, 2, 3, 1, 4),
            new BigDecimal("0.000007000000"),
            "USD");

    @Override
    public CompletionStage<CallPage> page(CallFilter filter, Optional<String> cursor, int count) {
        boolean shown = filter.owner().map("ada"::equals).orElse(true);
        return CompletableFuture.completedFuture(new CallPage(
                shown ? List.of(CALL) : List.of(), cursor.isEmpty() ? Optional.of("more") : Optional.empty()));
    }

    @Override
    public CompletionStage<Optional<CallDetail>> call(CallId id) {
        var detail = new CallDetail(CALL, List.of(CallRecord.prompt("hello"), CallRecord.toolCall("c1", "look", "{}")));
        return CompletableFuture.completedFuture(id.equals(ID) ? Optional.of(detail) : Optional.empty());
    }

    @Override
    public CompletionStage<List<UsageSum>> usage(CallFilter filter, Grouping by) {
        var usage = new Usage(10, 2, 3, 1, 4);
        return CompletableFuture.completedFuture(List.of(
                new UsageSum("a", "USD", 2, 1, 0, usage, new BigDecimal("0.10")),
                new UsageSum("b", "USD", 1, 0, 1, usage, new BigDecimal("2"))));
    }
}
