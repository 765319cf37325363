package dev.baton.persistence.journal;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class PostgresChatIT extends ChatContract {

    @Override
    TestDatabase create() {
        return TestDatabases.postgres();
    }
}
