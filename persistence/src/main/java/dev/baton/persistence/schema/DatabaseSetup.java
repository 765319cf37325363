package dev.baton.persistence.schema;

import akka.actor.setup.Setup;

/** Carries a database to the journal of the actor system that is made with it. */
final class DatabaseSetup extends Setup {
    private final JournalDatabase journal;

    DatabaseSetup(JournalDatabase journal) {
        this.journal = journal;
    }

    JournalDatabase journal() {
        return journal;
    }
}
