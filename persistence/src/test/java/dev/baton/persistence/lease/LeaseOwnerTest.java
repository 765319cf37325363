package dev.baton.persistence.lease;

import static org.assertj.core.api.Assertions.assertThat;

import akka.coordination.lease.LeaseException;
import akka.coordination.lease.LeaseTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class LeaseOwnerTest {
    private static final LeaseTimes TIMES =
            new LeaseTimes(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(5));

    private final ManualTime time = new ManualTime();
    private final ScriptedLeaseTable table =
            new ScriptedLeaseTable(TIMES.heartbeatTimeout(), time.clock(Duration.ofHours(-7)));
    private final List<String> losses = new ArrayList<>();
    private final LeaseOwner one = owner("one", Duration.ZERO, Runnable::run);
    private final LeaseOwner other = owner("other", Duration.ofHours(5), Runnable::run);

    @Test
    void holdsWhatItAcquiredUntilItReleases() {
        assertThat(one.holds()).isFalse();
        assertThat(acquire(one)).isCompletedWithValue(true);
        assertThat(one.holds()).isTrue();
        assertThat(acquire(other)).isCompletedWithValue(false);
        assertThat(other.holds()).isFalse();

        assertThat(one.release().toCompletableFuture()).isCompletedWithValue(true);
        assertThat(one.holds()).isFalse();
        assertThat(acquire(other)).isCompletedWithValue(true);
        assertThat(losses).isEmpty();
    }

    @Test
    void releasesTwiceAndWhatItNeverHeld() {
        assertThat(acquire(one)).isCompletedWithValue(true);
        assertThat(other.release().toCompletableFuture()).isCompletedWithValue(true);
        assertThat(one.holds()).isTrue();
        assertThat(one.release().toCompletableFuture()).isCompletedWithValue(true);
        assertThat(one.release().toCompletableFuture()).isCompletedWithValue(true);
    }

    @Test
    void renewsForAsLongAsItHolds() {
        assertThat(acquire(one)).isCompletedWithValue(true);
        time.pass(Duration.ofHours(1));
        assertThat(one.holds()).isTrue();
        assertThat(acquire(other)).isCompletedWithValue(false);
        assertThat(losses).isEmpty();
    }

    @Test
    void acquiresAgainWhatItHoldsAndThenTellsTheNewCallback() {
        assertThat(acquire(one)).isCompletedWithValue(true);
        assertThat(one.acquire(cause -> losses.add("second")).toCompletableFuture())
                .isCompletedWithValue(true);
        table.goAway();
        time.pass(TIMES.heartbeatTimeout());
        assertThat(losses).containsExactly("second");
    }

    @Test
    void anotherTakesOverFromAnOwnerThatDied() {
        var dead = new ArrayDeque<Runnable>();
        LeaseOwner crashing = owner("crashing", Duration.ofDays(-3), dead::add);
        CompletableFuture<Boolean> acquired = acquire(crashing);
        dead.remove().run();
        assertThat(acquired).isCompletedWithValue(true);

        time.pass(TIMES.heartbeatTimeout().minusMillis(1));
        assertThat(acquire(one)).isCompletedWithValue(false);
        time.pass(Duration.ofMillis(1));
        assertThat(acquire(one)).isCompletedWithValue(true);
        assertThat(crashing.holds()).isFalse();
    }

    @Test
    void isToldOfTheLossBeforeAnotherCanHoldWhatCannotBeRenewed() {
        assertThat(acquire(one)).isCompletedWithValue(true);
        table.goAway();
        time.pass(TIMES.usable().minusMillis(1));
        assertThat(one.holds()).isTrue();
        assertThat(losses).isEmpty();

        time.pass(Duration.ofMillis(1));
        assertThat(one.holds()).isFalse();
        assertThat(losses).containsExactly("one: the database is away");
        table.comeBack();
        assertThat(acquire(other)).isCompletedWithValue(false);

        time.pass(TIMES.heartbeatTimeout().minus(TIMES.usable()));
        assertThat(acquire(other)).isCompletedWithValue(true);
        assertThat(losses).hasSize(1);
    }

    @Test
    void isAcquiredAgainAfterAnOutage() {
        assertThat(acquire(one)).isCompletedWithValue(true);
        table.goAway();
        time.pass(TIMES.heartbeatTimeout());
        CompletableFuture<Boolean> again = acquire(one);
        time.pass(Duration.ofSeconds(2));
        assertThat(again).isNotDone();
        table.comeBack();
        time.pass(Duration.ofSeconds(1));
        assertThat(again).isCompletedWithValue(true);
        assertThat(one.holds()).isTrue();
    }

    @Test
    void survivesAnOutageThatIsShorterThanTheLease() {
        assertThat(acquire(one)).isCompletedWithValue(true);
        table.goAway();
        time.pass(Duration.ofMillis(2500));
        table.comeBack();
        time.pass(Duration.ofSeconds(60));
        assertThat(one.holds()).isTrue();
        assertThat(losses).isEmpty();
    }

    @Test
    void isToldOfTheLossWhenTheTableSaysSo() {
        assertThat(acquire(one)).isCompletedWithValue(true);
        table.release(new LeaseTable.Claim("lease", "one", 1));
        time.pass(TIMES.heartbeatInterval());
        assertThat(one.holds()).isFalse();
        assertThat(losses).containsExactly("one");
    }

    @Test
    void failsWhenTheDatabaseStaysAway() {
        table.goAway();
        CompletableFuture<Boolean> acquired = acquire(one);
        CompletableFuture<Boolean> released = other.release().toCompletableFuture();
        assertThat(released).isCompletedExceptionally();
        time.pass(TIMES.operationTimeout());
        assertThat(acquired.handle((answer, failure) -> failure).join()).isInstanceOf(LeaseTimeoutException.class);
        assertThat(released.handle((answer, failure) -> failure).join())
                .isInstanceOf(LeaseException.class)
                .hasMessage("lease lease cannot be released: the database is away");

        table.comeBack();
        time.pass(Duration.ofMinutes(1));
        assertThat(one.holds()).isFalse();
        assertThat(acquire(other)).isCompletedWithValue(true);
    }

    @Test
    void anAnswerThatComesTooLateIsNoHold() {
        table.nextCall(call -> {
            boolean done = call.get();
            time.pass(TIMES.usable());
            throw new IllegalStateException("lost after " + done);
        });
        CompletableFuture<Boolean> acquired = acquire(one);
        assertThat(acquired).isNotDone();
        assertThat(one.holds()).isFalse();
        time.pass(Duration.ofSeconds(1));
        assertThat(acquired).isCompletedWithValue(true);
    }

    @Test
    void givesBackWhatItGotAfterTheOneWhoAskedWasToldOtherwise() {
        var calls = new ArrayDeque<Runnable>();
        LeaseOwner slow = owner("slow", Duration.ZERO, calls::add);
        CompletableFuture<Boolean> acquired = acquire(slow);
        table.nextCall(call -> {
            boolean done = call.get();
            acquired.cancel(false);
            return done;
        });
        calls.remove().run();
        assertThat(slow.holds()).isFalse();
        assertThat(acquire(other)).isCompletedWithValue(true);
    }

    @Test
    void aRenewalThatIsAnsweredAfterTheEndRevivesNothing() {
        assertThat(acquire(one)).isCompletedWithValue(true);
        table.nextCall(call -> {
            boolean done = call.get();
            time.pass(TIMES.usable());
            return done;
        });
        time.pass(TIMES.heartbeatInterval());
        assertThat(losses).containsExactly("one");
        assertThat(one.holds()).isFalse();
    }

    @Test
    void releaseWinsOverAnAcquireThatIsUnderWay() {
        Deque<Runnable> calls = new ArrayDeque<>();
        LeaseOwner slow = owner("slow", Duration.ZERO, calls::add);
        CompletableFuture<Boolean> acquired = acquire(slow);
        CompletableFuture<Boolean> released = slow.release().toCompletableFuture();
        while (!calls.isEmpty()) {
            calls.remove().run();
        }
        assertThat(acquired).isCompletedWithValue(true);
        assertThat(released).isCompletedWithValue(true);
        assertThat(slow.holds()).isFalse();
        assertThat(losses).isEmpty();
        assertThat(acquire(other)).isCompletedWithValue(true);
    }

    @Test
    void anExecutorThatRefusesEndsInATimeout() {
        LeaseOwner refused = owner("refused", Duration.ZERO, call -> {
            throw new RejectedExecutionException("full");
        });
        CompletableFuture<Boolean> acquired = acquire(refused);
        time.pass(TIMES.operationTimeout());
        assertThat(acquired.handle((answer, failure) -> failure).join())
                .isInstanceOf(LeaseTimeoutException.class)
                .hasMessage("lease lease could not be acquired within PT5S");
    }

    private CompletableFuture<Boolean> acquire(LeaseOwner owner) {
        String name = owner == one ? "one" : "another";
        return owner.acquire(cause -> losses.add(name + text(cause))).toCompletableFuture();
    }

    private static String text(Optional<Throwable> cause) {
        return cause.map(failure -> ": " + failure.getMessage()).orElse("");
    }

    private LeaseOwner owner(String name, Duration skew, Executor executor) {
        return new LeaseOwner("lease", name, TIMES, table, executor, time, time.clock(skew));
    }
}
