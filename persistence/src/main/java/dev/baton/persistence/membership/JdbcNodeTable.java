package dev.baton.persistence.membership;

import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.DatabaseException;
import dev.baton.persistence.schema.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables {@code node} and {@code formation}. */
public final class JdbcNodeTable implements NodeTable {
    private static final String DUPLICATE_KEY = "23505";

    private final Database database;
    private final Duration limit;
    private final String replace;
    private final String update;
    private final String insert;
    private final String select;
    private final String form;

    /** {@code limit}: how long the database may take for one statement. */
    public JdbcNodeTable(Database database, Duration limit) {
        this.database = database;
        this.limit = limit;
        String now = database.dialect() == Dialect.H2 ? "current_timestamp" : "clock_timestamp()";
        this.replace = "update node set uid = ?, http_url = ?, death_port = ?, state = ?, started_at = " + now
                + ", seen_at = " + now + " where address = ?";
        this.update = "update node set http_url = ?, death_port = ?, state = ?, seen_at = " + now
                + " where address = ? and uid = ?";
        this.insert = "insert into node (address, uid, http_url, death_port, state, started_at, seen_at)"
                + " values (?, ?, ?, ?, ?, " + now + ", " + now + ")";
        this.select = "select f.number, n.address, n.uid, n.http_url, n.death_port, n.state, n.started_at, n.seen_at, "
                + now + ", n.address = f.address and n.uid = f.uid"
                + " from formation f left join node n on true order by n.started_at, n.address";
        this.form = "update formation set number = number + 1, address = ?, uid = ?, formed_at = " + now
                + " where id = 1 and number = ?";
    }

    @Override
    public void register(Presence self) {
        run("register node " + self.node(), connection -> {
            String url = self.httpUrl().orElse(null);
            String state = self.state().stored();
            String address = self.node().address();
            return changes(connection, replace, self.node().uid(), url, self.deathPort(), state, address)
                    || make(connection, self);
        });
    }

    @Override
    public boolean refresh(Presence self) {
        return run("refresh node " + self.node(), connection -> {
            String url = self.httpUrl().orElse(null);
            String state = self.state().stored();
            NodeId node = self.node();
            return changes(connection, update, url, self.deathPort(), state, node.address(), node.uid())
                    || make(connection, self);
        });
    }

    @Override
    public void remove(NodeId life) {
        run(
                "remove node " + life,
                connection -> changes(
                        connection, "delete from node where address = ? and uid = ?", life.address(), life.uid()));
    }

    @Override
    public Nodes read() {
        return run("read the nodes", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(select);
                    ResultSet row = statement.executeQuery()) {
                long formation = 0;
                var rows = new ArrayList<NodeRow>();
                while (row.next()) {
                    formation = row.getLong(1);
                    if (row.getString(2) != null) {
                        rows.add(node(row));
                    }
                }
                return new Nodes(formation, rows);
            }
        });
    }

    @Override
    public boolean form(NodeId self, long after) {
        return run("form a cluster", connection -> changes(connection, form, self.address(), self.uid(), after));
    }

    private static NodeRow node(ResultSet row) throws SQLException {
        var presence = new Presence(
                NodeId.of(row.getString(2), row.getString(3)),
                row.getInt(5),
                NodeState.of(row.getString(6)),
                Optional.ofNullable(row.getString(4)));
        return new NodeRow(presence, row.getBoolean(10), time(row, 7), time(row, 8), time(row, 9));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** False when another life at the same address was faster. */
    private boolean make(Connection connection, Presence self) throws SQLException {
        NodeId node = self.node();
        try {
            return changes(
                    connection,
                    insert,
                    node.address(),
                    node.uid(),
                    self.httpUrl().orElse(null),
                    self.deathPort(),
                    self.state().stored());
        } catch (SQLException failure) {
            if (DUPLICATE_KEY.equals(failure.getSQLState())) {
                return false;
            }
            throw failure;
        }
    }

    private static boolean changes(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate() > 0;
        }
    }

    private <T> T run(String what, Work<T> work) {
        try (Connection connection = database.dataSource().getConnection()) {
            // The pool takes the limit back.
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(limit.toMillis()));
            return work.on(connection);
        } catch (SQLException failure) {
            throw new DatabaseException("cannot " + what + ": " + failure.getMessage(), failure);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
