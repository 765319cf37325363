package dev.baton.persistence.schema;

class H2DatabaseTest extends DatabaseContract {

    @Override
    TestDatabase create() {
        return TestDatabases.h2();
    }
}
