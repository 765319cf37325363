package dev.baton.persistence.schema;

import akka.actor.setup.Setup;

/** Carries a database to the actor system that is made with it. */
final class DatabaseSetup extends Setup {
    private final Database database;

    DatabaseSetup(Database database) {
        this.database = database;
    }

    Database database() {
        return database;
    }
}
