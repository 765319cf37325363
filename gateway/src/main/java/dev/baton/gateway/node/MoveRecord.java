package dev.baton.gateway.node;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import com.typesafe.config.Config;
import dev.baton.gateway.metrics.ChatMeters;
import dev.baton.gateway.node.death.LossSigns;
import dev.baton.persistence.journal.CommitListener;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.view.JdbcMoveTable;
import dev.baton.persistence.view.MoveFeed;
import dev.baton.persistence.view.MoveReads;
import dev.baton.persistence.view.MoveSettings;
import dev.baton.persistence.view.MoveWriter;
import dev.baton.persistence.view.ViewSettings;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The record of what went on elsewhere: found among commits, measured, written, and read by operators. */
record MoveRecord(ActorSystem<?> system, CommitListener feed, ActorRef<MoveWriter.Command> writer, MoveReads reads) {

    static MoveRecord start(
            ActorSystem<?> system,
            Config config,
            Database database,
            MoveWriter.Purge purge,
            LossSigns signs,
            ChatMeters meters) {
        var view = ViewSettings.from(config);
        var table = new JdbcMoveTable(database, view);
        ActorRef<MoveWriter.Command> writer = system.systemActorOf(
                MoveWriter.create(table, database.executor(), view, MoveSettings.from(config), purge),
                "moves",
                Props.empty());
        var feed = new MoveFeed(signs::lostFor, move -> {
            meters.moved(move);
            writer.tell(new MoveWriter.Add(move));
        });
        return new MoveRecord(system, feed, writer, new MoveReads(table, database.executor()));
    }

    /** Done when what waits is written, or cannot be. */
    CompletionStage<Done> close(Duration limit) {
        return AskPattern.ask(writer, MoveWriter.Close::new, limit, system.scheduler());
    }
}
