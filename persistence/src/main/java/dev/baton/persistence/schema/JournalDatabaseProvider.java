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
        return system.settings()
                .setup()
                .get(DatabaseSetup.class)
                .orElseThrow(() -> new IllegalStateException(
                        "actor system " + system.name() + " was not made with Database.setup, so it has no journal"))
                .journal();
    }
}
