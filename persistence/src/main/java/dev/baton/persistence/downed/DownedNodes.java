package dev.baton.persistence.downed;

import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.DatabaseException;
import dev.baton.persistence.schema.Dialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The table {@code downed_node}. Blocks.
 *
 * <p>A decision is one statement, so a node that hangs in the middle of one holds nobody up: no lock waits for it. It runs
 * serializable, which makes PostgreSQL refuse one of two decisions that each count on the other not having been made.
 */
public final class DownedNodes {
    /** Two decisions at once, or the same one twice. */
    private static final Set<String> COLLISIONS = Set.of("40001", "40P01", "23505");

    private static final int MOST_TRIES = 10;

    /** An answer that takes longer is of no use: the question is asked again. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

    /** Longer than anybody leaves a process stopped and expects it to go on. */
    private static final Duration KEPT = Duration.ofDays(90);

    private final Database database;
    private final String now;
    private final String forget;

    public DownedNodes(Database database) {
        this.database = database;
        boolean h2 = database.dialect() == Dialect.H2;
        this.now = h2 ? "current_timestamp" : "clock_timestamp()";
        this.forget = "delete from downed_node where downed_at < "
                + (h2
                        ? "dateadd(day, -" + KEPT.toDays() + ", " + now + ")"
                        : now + " - interval '" + KEPT.toDays() + " days'");
    }

    /**
     * Declares the lives of {@code nodes} over, unless the one of {@code by} is. Returns whether {@code by} goes on: then
     * all of {@code nodes} are down, now and for ever. A call that throws may have been done; doing it again is harmless.
     */
    public boolean down(NodeId by, Set<NodeId> nodes) {
        try (Connection connection = database.dataSource().getConnection()) {
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(ANSWER_LIMIT.toMillis()));
            if (!nodes.isEmpty() && insert(connection, by, List.copyOf(nodes)) > 0) {
                execute(connection, forget, List.of());
            }
            // Asked after the decision: who is not down now was not down then.
            return !isDown(connection, by);
        } catch (SQLException failure) {
            throw new DatabaseException("cannot decide which nodes are down: " + failure.getMessage(), failure);
        }
    }

    private int insert(Connection connection, NodeId by, List<NodeId> nodes) throws SQLException {
        if (database.dialect() == Dialect.POSTGRESQL) {
            // The pool takes it back.
            connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
        }
        String rows = String.join(", ", Collections.nCopies(nodes.size(), "(cast(? as varchar), cast(? as varchar))"));
        String sql = "insert into downed_node (address, uid, downed_at)"
                + " select n.address, n.uid, " + now + " from (values " + rows + ") as n (address, uid)"
                + " where not exists (select 1 from downed_node d where d.address = ? and d.uid = ?)"
                + " and not exists (select 1 from downed_node d where d.address = n.address and d.uid = n.uid)";
        List<NodeId> parameters = Stream.concat(nodes.stream(), Stream.of(by)).toList();
        for (int tries = 1; ; tries++) {
            try {
                return execute(connection, sql, parameters);
            } catch (SQLException collision) {
                if (tries == MOST_TRIES || !COLLISIONS.contains(String.valueOf(collision.getSQLState()))) {
                    throw collision;
                }
            }
        }
    }

    private static boolean isDown(Connection connection, NodeId node) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from downed_node where address = ? and uid = ?")) {
            bind(statement, List.of(node));
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static int execute(Connection connection, String sql, List<NodeId> nodes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, nodes);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, List<NodeId> nodes) throws SQLException {
        int next = 1;
        for (NodeId node : nodes) {
            statement.setString(next++, node.address());
            statement.setString(next++, node.uid());
        }
    }
}
