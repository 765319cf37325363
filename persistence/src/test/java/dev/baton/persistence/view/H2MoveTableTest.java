package dev.baton.persistence.view;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class H2MoveTableTest extends MoveTableContract {

    @Override
    TestDatabase create() {
        return TestDatabases.h2();
    }
}
