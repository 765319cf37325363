package dev.baton.persistence.schema;

import akka.actor.ActorSystem;
import akka.persistence.jdbc.db.SlickDatabase;
import akka.persistence.jdbc.db.SlickDatabaseProvider;
import com.typesafe.config.Config;

/** Gives journal, snapshots and queries the database that their actor system was made with. Akka makes the instance. */
public final class JournalDatabaseProvider implements SlickDatabaseProvider {
    private final ActorSystem system;

    public JournalDatabaseProvider(ActorSystem system) {
        this.system = system;
    }

    @Override
    public SlickDatabase database(Config plugin) {
        return Database.of(system).journal();
    }
}
