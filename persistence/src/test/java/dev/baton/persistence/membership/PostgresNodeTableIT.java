package dev.baton.persistence.membership;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class PostgresNodeTableIT extends NodeTableContract {

    @Override
    TestDatabase create() {
        return TestDatabases.postgres();
    }
}
