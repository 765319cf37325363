package dev.baton.persistence.token;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class H2TokenTableTest extends TokenTableContract {
    @Override
    TestDatabase create() {
        return TestDatabases.h2();
    }
}
