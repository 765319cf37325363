package dev.baton.persistence.budget;

import dev.baton.persistence.schema.Database;
import dev.baton.persistence.sql.Jdbc;
import dev.baton.persistence.sql.Query;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/** The tables {@code budget} and {@code budget_member}. Blocks. */
final class BudgetTable {
    private static final String INSERT = "insert into budget (kind, name, budget_window, cost_limit, token_limit)"
            + " values (?, ?, ?, cast(? as numeric(38, 12)), cast(? as bigint))";

    private final DataSource database;
    private final Duration limit;

    BudgetTable(Database database, Duration limit) {
        this.database = database.dataSource();
        this.limit = limit;
    }

    void put(Budget budget) {
        Payer payer = budget.payer();
        int unused = Jdbc.inTransaction(database, "set a budget", connection -> {
            int gone = remove(payer, "budget").update(connection, limit);
            gone += remove(payer, "budget_member").update(connection, limit);
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                insert.setString(1, payer.kind().toString());
                insert.setString(2, payer.name());
                insert.setString(3, budget.window().toString());
                insert.setBigDecimal(4, budget.limit().cost());
                insert.setObject(5, budget.limit().tokens());
                gone += insert.executeUpdate();
            }
            for (String member : new TreeSet<>(budget.members())) {
                gone += new Query()
                        .add(
                                "insert into budget_member (kind, name, owner) values (?, ?, ?)",
                                payer.kind().toString(),
                                payer.name(),
                                member)
                        .update(connection, limit);
            }
            return gone;
        });
    }

    /** Whether there was one. */
    boolean remove(Payer payer) {
        return Jdbc.inTransaction(database, "remove a budget", connection -> {
            int members = remove(payer, "budget_member").update(connection, limit);
            return remove(payer, "budget").update(connection, limit) + members > 0;
        });
    }

    private static Query remove(Payer payer, String table) {
        return new Query()
                .add(
                        "delete from " + table + " where kind = ? and name = ?",
                        payer.kind().toString(),
                        payer.name());
    }

    /** All, owners before groups, in the order of their names. */
    List<Budget> all() {
        return Jdbc.run(database, "read the budgets", connection -> {
            Map<Payer, Set<String>> members = new HashMap<>();
            new Query()
                    .add("select kind, name, owner from budget_member")
                    .list(
                            connection,
                            limit,
                            row -> members.computeIfAbsent(
                                            payer(row.getString(1), row.getString(2)), each -> new HashSet<>())
                                    .add(row.getString(3)));
            return new ArrayList<>(new Query()
                    .add(
                            "select kind, name, budget_window, cost_limit, token_limit from budget order by kind desc, name")
                    .list(connection, limit, row -> {
                        Payer payer = payer(row.getString(1), row.getString(2));
                        long tokens = row.getLong(5);
                        boolean unlimited = row.wasNull();
                        return new Budget(
                                payer,
                                Window.parse(row.getString(3)).orElseThrow(),
                                new Limit(row.getBigDecimal(4), unlimited ? null : tokens),
                                members.getOrDefault(payer, Set.of()));
                    }));
        });
    }

    private static Payer payer(String kind, String name) {
        return new Payer(Payer.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), name);
    }
}
