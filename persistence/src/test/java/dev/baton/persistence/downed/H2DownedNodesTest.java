package dev.baton.persistence.downed;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class H2DownedNodesTest extends DownedNodesContract {
    @Override
    TestDatabase create() {
        return TestDatabases.h2();
    }
}
