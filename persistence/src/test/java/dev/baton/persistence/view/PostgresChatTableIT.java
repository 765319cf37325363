package dev.baton.persistence.view;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class PostgresChatTableIT extends ChatTableContract {

    @Override
    TestDatabase create() {
        return TestDatabases.postgres();
    }
}
