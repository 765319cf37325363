package dev.baton.persistence.parts;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class PostgresPartLogIT extends PartLogContract {

    @Override
    TestDatabase create() {
        return TestDatabases.postgres();
    }
}
