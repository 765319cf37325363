package dev.baton.persistence.budget;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** What the ledger says of calls. Never blocks. */
interface CallOutcomes {

    /** What those of {@code calls} did cost that do not run any more; nothing where there is no such call. */
    CompletionStage<Map<UUID, Amount>> ended(Set<UUID> calls);

    /** What was spent before by calls that count for {@code budget} now. */
    CompletionStage<Optional<Amount>> spent(Budget budget);
}
