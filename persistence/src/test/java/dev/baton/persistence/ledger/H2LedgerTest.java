package dev.baton.persistence.ledger;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class H2LedgerTest extends LedgerContract {

    @Override
    TestDatabase create() {
        return TestDatabases.h2();
    }
}
