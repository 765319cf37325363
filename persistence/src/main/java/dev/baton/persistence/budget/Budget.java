package dev.baton.persistence.budget;

import java.util.Set;

/** How much {@code payer} may spend in each {@code window}. {@code members}: the owners of a group, else empty. */
public record Budget(Payer payer, Window window, Limit limit, Set<String> members) {
    public Budget {
        members = Set.copyOf(members);
    }

    /** Whether the calls of {@code owner} count. */
    boolean holdsFor(String owner) {
        return payer.kind() == Payer.Kind.OWNER ? payer.name().equals(owner) : members.contains(owner);
    }

    /** Whose calls count. */
    Set<String> owners() {
        return payer.kind() == Payer.Kind.OWNER ? Set.of(payer.name()) : members;
    }
}
