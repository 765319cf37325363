package dev.baton.persistence.view;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class PostgresChatSweepIT extends ChatSweepContract {

    @Override
    TestDatabase create() {
        return TestDatabases.postgres();
    }
}
