package dev.baton.persistence.membership;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class H2NodeTableTest extends NodeTableContract {

    @Override
    TestDatabase create() {
        return TestDatabases.h2();
    }
}
