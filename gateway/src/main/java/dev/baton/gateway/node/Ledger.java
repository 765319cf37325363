package dev.baton.gateway.node;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import com.typesafe.config.Config;
import dev.baton.gateway.bridge.Bridge;
import dev.baton.gateway.bridge.meter.BudgetSpending;
import dev.baton.gateway.bridge.meter.LedgerMeter;
import dev.baton.gateway.bridge.meter.Meter;
import dev.baton.gateway.bridge.meter.MeteredCalls;
import dev.baton.gateway.bridge.meter.MeteredRelays;
import dev.baton.gateway.http.BudgetDesk;
import dev.baton.gateway.http.CallLedger;
import dev.baton.gateway.metrics.CallMeters;
import dev.baton.gateway.metrics.SweepMeters;
import dev.baton.persistence.budget.BudgetSettings;
import dev.baton.persistence.budget.Budgets;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.ledger.CallId;
import dev.baton.persistence.ledger.LedgerReads;
import dev.baton.persistence.ledger.LedgerSettings;
import dev.baton.persistence.ledger.LedgerUpkeep;
import dev.baton.persistence.ledger.LedgerWriter;
import dev.baton.persistence.schema.Database;
import dev.baton.runner.takeover.Members;
import dev.baton.runner.takeover.SweepListener;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.CompletionStage;

/** The record of calls of models, and who may make them: made by whoever calls, kept up beside the sweeper, and read by people. */
record Ledger(
        LedgerWriter writer, Meter meter, CallLedger reads, BudgetDesk budgets, ActorRef<LedgerUpkeep.Command> upkeep) {

    static Ledger start(
            ActorSystem<?> system,
            Config config,
            Database database,
            NodeId self,
            Clock clock,
            SweepMeters sweeps,
            MeterRegistry registry) {
        var settings = LedgerSettings.from(config);
        LedgerWriter writer = LedgerWriter.of(database, settings);
        var meters = new CallMeters(registry, writer::pending);
        var ids = new ChatIds(clock);
        var reads = new LedgerReads(database, settings);
        var paid = BudgetSettings.from(config);
        Budgets budgets = Budgets.start(system, database, reads, paid, clock);
        var meter = new LedgerMeter(
                writer,
                new BudgetSpending(budgets, paid, settings.currency()),
                settings,
                () -> new CallId(ids.get().value()),
                self,
                clock,
                meters::ended);
        Members members = Members.of(system);
        var turn = new LedgerUpkeep.Turn(sweeps::isHere, members::live, clock, meters::orphans);
        ActorRef<LedgerUpkeep.Command> upkeep =
                system.systemActorOf(LedgerUpkeep.create(database, settings, turn), "ledger", Props.empty());
        return new Ledger(
                writer, meter, new AskedLedger(reads, database.executor()), new AskedBudgets(budgets), upkeep);
    }

    /** What stands around each call, whoever has it made. */
    Bridge.Around around() {
        return new Bridge.Around(new MeteredCalls(meter), new MeteredRelays(meter));
    }

    /** {@code heard}, and the calls of nodes that are gone are looked for after each sweep. */
    SweepListener besides(SweepListener heard) {
        return new SweepListener() {
            @Override
            public void standsHere(boolean here) {
                heard.standsHere(here);
            }

            @Override
            public void swept(int orphans) {
                heard.swept(orphans);
                upkeep.tell(new LedgerUpkeep.Look());
            }

            @Override
            public void failed() {
                heard.failed();
            }
        };
    }

    /** Done when what waits is written, or cannot be. */
    CompletionStage<Done> close() {
        return writer.close();
    }
}
