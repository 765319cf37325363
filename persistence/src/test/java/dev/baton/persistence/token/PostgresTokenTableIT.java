package dev.baton.persistence.token;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class PostgresTokenTableIT extends TokenTableContract {
    @Override
    TestDatabase create() {
        return TestDatabases.postgres();
    }
}
