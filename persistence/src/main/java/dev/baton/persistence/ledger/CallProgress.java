package dev.baton.persistence.ledger;

import dev.baton.persistence.chat.Usage;

/** What a call that still runs has used so far, all that was told before included. */
public record CallProgress(CallId id, Target target, Usage usage) {}
