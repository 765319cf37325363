package dev.baton.persistence.lease;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class PostgresJdbcLeaseIT extends JdbcLeaseContract {

    @Override
    TestDatabase create() {
        return TestDatabases.postgres();
    }
}
