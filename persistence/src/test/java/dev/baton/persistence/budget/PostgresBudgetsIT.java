package dev.baton.persistence.budget;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class PostgresBudgetsIT extends BudgetsContract {

    @Override
    TestDatabase create() {
        return TestDatabases.postgres();
    }
}
