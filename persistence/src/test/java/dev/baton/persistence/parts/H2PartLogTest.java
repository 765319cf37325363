package dev.baton.persistence.parts;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class H2PartLogTest extends PartLogContract {

    @Override
    TestDatabase create() {
        return TestDatabases.h2();
    }
}
