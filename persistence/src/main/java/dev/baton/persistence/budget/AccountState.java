package dev.baton.persistence.budget;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a payer has spent in one window, and what the calls under way may cost. {@code window}: empty when it is not known what
 * was spent; a call counts in the window that it began in.
 */
public record AccountState(String window, Amount spent, List<Held> held) {
    static final AccountState NEW = new AccountState("", Amount.NOTHING, List.of());

    public AccountState {
        held = List.copyOf(held);
    }

    /** Set aside for a call that began in {@code window}. */
    public record Held(UUID call, String window, Amount upTo) {}

    AccountState apply(AccountEvent event) {
        if (event instanceof AccountEvent.Opened opened) {
            return new AccountState(opened.window(), opened.spent(), held);
        }
        if (event instanceof AccountEvent.Changed changed) {
            return changed(changed);
        }
        return new AccountState("", Amount.NOTHING, held);
    }

    private AccountState changed(AccountEvent.Changed changed) {
        Map<UUID, Held> now = new LinkedHashMap<>();
        held.forEach(each -> now.put(each.call(), each));
        changed.reserved().forEach(each -> now.put(each.call(), new Held(each.call(), window, each.upTo())));
        Amount all = spent;
        for (AccountEvent.Settled settled : changed.settled()) {
            Held was = now.remove(settled.call());
            if (was != null && was.window().equals(window)) {
                all = all.plus(settled.spent());
            }
        }
        return new AccountState(window, all, List.copyOf(now.values()));
    }

    /** What the calls under way that count in this window may cost. */
    Amount reserved() {
        Amount sum = Amount.NOTHING;
        for (Held each : held) {
            sum = each.window().equals(window) ? sum.plus(each.upTo()) : sum;
        }
        return sum;
    }

    boolean holds(UUID call) {
        return held.stream().anyMatch(each -> each.call().equals(call));
    }

    Set<UUID> calls() {
        return held.stream().map(Held::call).collect(Collectors.toSet());
    }
}
