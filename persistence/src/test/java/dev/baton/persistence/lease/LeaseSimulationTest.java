package dev.baton.persistence.lease;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Owners with skewed clocks that acquire, hold and release one lease, over a database that is slow, loses answers, and
 * carries out what it was sent after the sender has given up. At no moment do two of them rely on the lease.
 */
class LeaseSimulationTest {
    private static final LeaseTimes TIMES =
            new LeaseTimes(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(5));
    private static final int STEPS = 400;

    private final ManualTime time = new ManualTime();
    private final ScriptedLeaseTable table =
            new ScriptedLeaseTable(TIMES.heartbeatTimeout(), time.clock(Duration.ofDays(40)));
    private final List<LeaseOwner> owners = new ArrayList<>();
    private final List<Supplier<Boolean>> late = new ArrayList<>();
    private String cutOff = "nobody";
    private int held;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void twoNeverHoldIt(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 4; i++) {
            owners.add(new LeaseOwner(
                    "lease",
                    "owner" + i,
                    TIMES,
                    reachable("owner" + i),
                    Runnable::run,
                    time,
                    time.clock(Duration.ofHours(random.nextInt(200) - 100))));
        }
        for (int step = 0; step < STEPS; step++) {
            step(random);
            requireOneHolder();
        }
        assertThat(held).isGreaterThan(STEPS / 20);
    }

    private void step(Random random) {
        LeaseOwner owner = owners.get(random.nextInt(owners.size()));
        switch (random.nextInt(10)) {
            case 0 -> table.nextCall(call -> slow(call, random));
            case 1 ->
                table.nextCall(call -> {
                    boolean ignored = call.get();
                    throw new IllegalStateException("answer lost: " + ignored);
                });
            case 2 ->
                table.nextCall(call -> {
                    late.add(call);
                    throw new IllegalStateException("not done yet");
                });
            case 3 -> carryOutOneThatIsLate(random);
            case 4 -> assertThat(owner.release()).isNotNull();
            case 5 -> assertThat(owner.acquire(cause -> {})).isNotNull();
            case 6 -> cutOff = "owner" + random.nextInt(owners.size());
            default -> pass(random.nextInt(1500));
        }
    }

    /** Time passes before the database does it, and again before the answer arrives. */
    private boolean slow(Supplier<Boolean> call, Random random) {
        pass(random.nextInt(3000));
        boolean answer = call.get();
        pass(random.nextInt(3000));
        return answer;
    }

    private void carryOutOneThatIsLate(Random random) {
        if (!late.isEmpty()) {
            assertThat(late.remove(random.nextInt(late.size())).get()).isNotNull();
        }
    }

    private void pass(int millis) {
        for (int passed = 0; passed < millis; passed += 100) {
            time.pass(Duration.ofMillis(100));
            assertThat(owners.get(passed / 100 % owners.size()).acquire(cause -> {}))
                    .isNotNull();
            requireOneHolder();
        }
    }

    /** The table, for an owner that cannot reach it while it is cut off. */
    private LeaseTable reachable(String owner) {
        return new LeaseTable() {
            @Override
            public boolean acquire(Claim claim) {
                return reach().acquire(claim);
            }

            @Override
            public boolean renew(Claim claim) {
                return reach().renew(claim);
            }

            @Override
            public void release(Claim claim) {
                reach().release(claim);
            }

            private LeaseTable reach() {
                if (owner.equals(cutOff)) {
                    throw new IllegalStateException(owner + " is cut off");
                }
                return table;
            }
        };
    }

    private void requireOneHolder() {
        long holders = owners.stream().filter(LeaseOwner::holds).count();
        assertThat(holders).isLessThanOrEqualTo(1);
        held += (int) holders;
    }
}
