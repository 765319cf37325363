package dev.baton.persistence.schema;

class PostgresDatabaseIT extends DatabaseContract {

    @Override
    TestDatabase create() {
        return TestDatabases.postgres();
    }
}
