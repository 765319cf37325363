package dev.baton.gateway.bridge.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.ledger.Asker;
import dev.baton.persistence.ledger.CallDetail;
import dev.baton.persistence.ledger.CallEnd;
import dev.baton.persistence.ledger.CallId;
import dev.baton.persistence.ledger.CallRecord;
import dev.baton.persistence.ledger.LedgerReads;
import dev.baton.persistence.ledger.LedgerSettings;
import dev.baton.persistence.ledger.LedgerWriter;
import dev.baton.persistence.ledger.Outcome;
import dev.baton.persistence.ledger.Price;
import dev.baton.persistence.ledger.Target;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.DatabaseSettings;
import dev.baton.runner.model.ModelException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerMeterTest {
    private static final CallId ID = new CallId(new UUID(0, 1));
    private static final Opening OPENING = new Opening(
            new Asker("ada", "t1", "completions", null, null),
            new Target("large", "cloud", "large-1", new Price(BigDecimal.ONE, BigDecimal.TEN)),
            Optional.of("hello"),
            () -> 5,
            OptionalLong.empty());

    private final Database database;
    private final LedgerWriter writer;
    private final LedgerReads reads;
    private final LedgerMeter meter;
    private final List<Outcome> heard = new ArrayList<>();
    private final List<CallEnd> settled = new ArrayList<>();
    private CompletionStage<Optional<Failure>> reservation = CompletableFuture.completedFuture(Optional.empty());
    private @Nullable CallDetail atReservation;

    LedgerMeterTest(@TempDir Path directory) {
        Config config = ConfigFactory.parseMap(Map.of(
                        "baton.database.url",
                        "jdbc:h2:file:" + directory.resolve("baton"),
                        "baton.database.h2-sync",
                        false,
                        "baton.ledger.content",
                        "full"))
                .withFallback(ConfigFactory.load());
        var settings = LedgerSettings.from(config);
        database = Database.open(DatabaseSettings.from(config));
        writer = LedgerWriter.of(database, settings);
        reads = new LedgerReads(database, settings);
        meter = new LedgerMeter(
                writer,
                new Purse(),
                settings,
                () -> ID,
                new NodeId("here"),
                Clock.fixed(Instant.parse("2026-03-04T05:06:07Z"), ZoneOffset.UTC),
                end -> heard.add(end.outcome()));
    }

    @AfterEach
    void close() {
        get(writer.close());
        database.close();
    }

    @Test
    void theRowIsThereBeforeAnythingIsReserved() {
        get(meter.begin(OPENING));
        assertThat(atReservation).isNotNull();
        assertThat(call().call().outcome()).isEqualTo(Outcome.RUNNING);
        assertThat(call().call().asker()).isEqualTo(OPENING.asker());
        assertThat(call().records()).containsExactly(CallRecord.prompt("hello"));
    }

    @Test
    void settlesWhatWasUsedWhenTheEndIsOnDisk() {
        MeteredCall call = get(meter.begin(OPENING));
        call.used(new Usage(3, 0, 0, 0));
        get(call.ended(new Usage(3, 2, 0, 0)));
        get(call.cancelled());
        assertThat(call().call().outcome()).isEqualTo(Outcome.DONE);
        assertThat(call().call().cost()).isEqualByComparingTo("0.000023");
        assertThat(settled).extracting(CallEnd::usage).containsExactly(new Usage(3, 2, 0, 0));
        assertThat(heard).containsExactly(Outcome.DONE);
    }

    @Test
    void aCallThatNoBudgetAllowsIsNotMadeAndInTheLedger() {
        var refusal = new Failure("used up", null, FailureKind.BUDGET_EXCEEDED, null, false, null);
        reservation = CompletableFuture.completedFuture(Optional.of(refusal));
        assertThat(refused().failure()).isEqualTo(refusal);
        get(writer.close());
        assertThat(call().call().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(call().call().failureKind()).isEqualTo("budget_exceeded");
    }

    @Test
    void aBudgetThatDoesNotAnswerLetsNothingThrough() {
        reservation = CompletableFuture.failedFuture(new IllegalStateException("nobody there"));
        assertThat(refused().failure().retryable()).isTrue();
        assertThat(refused().failure().kind()).isEqualTo(FailureKind.GENERIC);
    }

    @Test
    void aCallThatCannotBeRecordedIsNotMade() {
        get(writer.close());
        assertThat(refused().failure().message()).contains("cannot be recorded");
        assertThat(atReservation).isNull();
    }

    private ModelException refused() {
        var failure = new ArrayList<ModelException>();
        assertThatThrownBy(() -> get(meter.begin(OPENING)))
                .cause()
                .isInstanceOfSatisfying(ModelException.class, failure::add);
        return failure.get(0);
    }

    private CallDetail call() {
        return reads.call(ID).orElseThrow();
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(15, TimeUnit.SECONDS).join();
    }

    private final class Purse implements Spending {
        @Override
        public CompletionStage<Optional<Failure>> reserve(CallId call, Opening opening) {
            atReservation = reads.call(call).orElse(null);
            return reservation;
        }

        @Override
        public void settle(Opening opening, CallEnd end) {
            settled.add(end);
        }
    }
}
