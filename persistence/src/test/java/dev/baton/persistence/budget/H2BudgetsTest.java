package dev.baton.persistence.budget;

import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.schema.TestDatabases;

class H2BudgetsTest extends BudgetsContract {

    @Override
    TestDatabase create() {
        return TestDatabases.h2();
    }
}
