package dev.baton.persistence.lease;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class H2LeaseTableTest extends LeaseTableContract {

    @Override
    TestDatabase create() {
        return TestDatabases.h2();
    }
}
