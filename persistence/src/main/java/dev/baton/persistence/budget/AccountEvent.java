package dev.baton.persistence.budget;

import java.util.List;
import java.util.UUID;

/** What happens to an account. */
public sealed interface AccountEvent {

    /** A window begins, in which {@code spent} was spent already. */
    record Opened(String window, Amount spent) implements AccountEvent {}

    /** Calls that began and calls that ended, in this order. */
    record Changed(List<Reserved> reserved, List<Settled> settled) implements AccountEvent {
        public Changed {
            reserved = List.copyOf(reserved);
            settled = List.copyOf(settled);
        }
    }

    /** Nobody asks for {@code window} any more. */
    record Closed(String window) implements AccountEvent {}

    /** {@code upTo}: what the call may cost at most. */
    record Reserved(UUID call, Amount upTo) {}

    /** {@code spent}: what the call did cost. */
    record Settled(UUID call, Amount spent) {}
}
