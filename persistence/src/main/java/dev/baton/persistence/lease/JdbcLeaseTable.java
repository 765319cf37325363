package dev.baton.persistence.lease;

import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.DatabaseException;
import dev.baton.persistence.schema.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The table {@code lease}. Each change is one statement that judges and writes under the lock of its row. It takes the time
 * from the database; one that had to wait for the lock may use the time from before, which errs to the safe side.
 */
final class JdbcLeaseTable implements LeaseTable {
    private static final String DUPLICATE_KEY = "23505";

    private final Database database;
    private final LeaseTimes times;
    private final String take;
    private final String make;
    private final String extend;

    JdbcLeaseTable(Database database, LeaseTimes times) {
        this.database = database;
        this.times = times;
        String now = database.dialect() == Dialect.H2 ? "current_timestamp" : "clock_timestamp()";
        String end = end(database.dialect(), now, times.heartbeatTimeout().toMillis());
        this.take = "update lease set owner = ?, acquisition = ?, acquired_at = " + now + ", expires_at = " + end
                + " where name = ? and (owner is null or (owner = ? and acquisition < ?)"
                + " or (owner <> ? and expires_at <= " + now + "))";
        this.make = "insert into lease (name, owner, acquisition, acquired_at, expires_at)"
                + " select cast(? as varchar), cast(? as varchar), cast(? as bigint), " + now + ", " + end
                + " where not exists (select 1 from lease where name = ?)";
        this.extend = "update lease set expires_at = " + end
                + " where name = ? and owner = ? and acquisition = ? and expires_at > " + now;
    }

    @Override
    public boolean acquire(Claim claim) {
        return run("acquire", claim, connection -> take(connection, claim) || make(connection, claim));
    }

    @Override
    public boolean renew(Claim claim) {
        return run(
                "renew",
                claim,
                connection -> changes(connection, extend, claim.lease(), claim.owner(), claim.acquisition()));
    }

    @Override
    public void release(Claim claim) {
        run(
                "release",
                claim,
                connection -> changes(
                        connection,
                        "update lease set owner = null where name = ? and owner = ? and acquisition <= ?",
                        claim.lease(),
                        claim.owner(),
                        claim.acquisition()));
    }

    private boolean take(Connection connection, Claim claim) throws SQLException {
        return changes(
                connection,
                take,
                claim.owner(),
                claim.acquisition(),
                claim.lease(),
                claim.owner(),
                claim.acquisition(),
                claim.owner());
    }

    /** Only the first owner of all makes the row; of two that try at once, the key lets one. */
    private boolean make(Connection connection, Claim claim) throws SQLException {
        try {
            return changes(connection, make, claim.lease(), claim.owner(), claim.acquisition(), claim.lease());
        } catch (SQLException failure) {
            if (DUPLICATE_KEY.equals(failure.getSQLState())) {
                return false;
            }
            throw failure;
        }
    }

    private static boolean changes(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate() > 0;
        }
    }

    private boolean run(String what, Claim claim, Work work) {
        try (Connection connection = database.dataSource().getConnection()) {
            // An answer that comes later is of no use to anyone. The pool takes the limit back.
            connection.setNetworkTimeout(
                    Runnable::run, Math.toIntExact(times.usable().toMillis()));
            return work.on(connection);
        } catch (SQLException failure) {
            throw new DatabaseException(
                    "cannot " + what + " lease " + claim.lease() + ": " + failure.getMessage(), failure);
        }
    }

    private static String end(Dialect dialect, String now, long millis) {
        return dialect == Dialect.H2
                ? "dateadd(millisecond, " + millis + ", " + now + ")"
                : "(" + now + " + " + millis + " * interval '1 millisecond')";
    }

    @FunctionalInterface
    private interface Work {
        boolean on(Connection connection) throws SQLException;
    }
}
