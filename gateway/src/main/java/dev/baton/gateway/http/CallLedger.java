package dev.baton.gateway.http;

import dev.baton.persistence.ledger.CallDetail;
import dev.baton.persistence.ledger.CallFilter;
import dev.baton.persistence.ledger.CallId;
import dev.baton.persistence.ledger.CallPage;
import dev.baton.persistence.ledger.Grouping;
import dev.baton.persistence.ledger.UsageSum;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What the API asks of the ledger. */
public interface CallLedger {

    /** Calls, the newest first, after {@code cursor} where it is given. */
    CompletionStage<CallPage> page(CallFilter filter, Optional<String> cursor, int count);

    CompletionStage<Optional<CallDetail>> call(CallId id);

    /** What was used, by group in the order of their names. */
    CompletionStage<List<UsageSum>> usage(CallFilter filter, Grouping by);
}
