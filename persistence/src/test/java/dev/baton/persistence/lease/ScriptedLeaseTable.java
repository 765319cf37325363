package dev.baton.persistence.lease;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A table in memory with a clock of its own, and with the faults it is told to have. */
final class ScriptedLeaseTable implements LeaseTable {
    private record Row(@Nullable Claim claim, long expiresAt) {}

    private final Map<String, Row> rows = new HashMap<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final long lasts;
    private final LongSupplier clock;
    private boolean away;

    ScriptedLeaseTable(Duration lasts, LongSupplier clock) {
        this.lasts = lasts.toNanos();
        this.clock = clock;
    }

    /** What happens around one call. */
    @FunctionalInterface
    interface Fault {
        boolean around(Supplier<Boolean> call);
    }

    void nextCall(Fault fault) {
        faults.add(fault);
    }

    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    @Override
    public boolean acquire(Claim claim) {
        return call(() -> {
            Row row = rows.get(claim.lease());
            if (row != null && row.claim() != null && !mayTake(claim, row.claim(), row.expiresAt())) {
                return false;
            }
            rows.put(claim.lease(), new Row(claim, end()));
            return true;
        });
    }

    @Override
    public boolean renew(Claim claim) {
        return call(() -> {
            Row row = rows.get(claim.lease());
            if (row == null || !claim.equals(row.claim()) || row.expiresAt() - clock.getAsLong() <= 0) {
                return false;
            }
            rows.put(claim.lease(), new Row(claim, end()));
            return true;
        });
    }

    @Override
    public void release(Claim claim) {
        call(() -> {
            Row row = rows.get(claim.lease());
            if (row != null
                    && row.claim() != null
                    && row.claim().owner().equals(claim.owner())
                    && row.claim().acquisition() <= claim.acquisition()) {
                rows.put(claim.lease(), new Row(null, row.expiresAt()));
            }
            return true;
        });
    }

    private boolean mayTake(Claim claim, Claim held, long expiresAt) {
        if (held.owner().equals(claim.owner())) {
            return held.acquisition() < claim.acquisition();
        }
        return expiresAt - clock.getAsLong() <= 0;
    }

    private long end() {
        return clock.getAsLong() + lasts;
    }

    private boolean call(Supplier<Boolean> call) {
        if (away) {
            throw new IllegalStateException("the database is away");
        }
        Fault fault = faults.poll();
        return fault == null ? call.get() : fault.around(call);
    }
}
