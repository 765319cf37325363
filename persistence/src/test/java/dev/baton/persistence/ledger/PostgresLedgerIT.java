package dev.baton.persistence.ledger;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class PostgresLedgerIT extends LedgerContract {

    @Override
    TestDatabase create() {
        return TestDatabases.postgres();
    }
}
