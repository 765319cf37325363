package dev.baton.persistence.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A statement that is put together piece by piece, each with its values. */
public final class Query {
    private final StringBuilder sql = new StringBuilder();
    private final List<Object> values = new ArrayList<>();

    /** Makes something of the current row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Adds {@code piece}, which must be a constant, with the values of its question marks. */
    public Query add(String piece, Object... more) {
        sql.append(piece).append(' ');
        values.addAll(List.of(more));
        return this;
    }

    /** The statement that shows how the database would run this one. */
    public Query explained() {
        var query = new Query().add("explain");
        query.sql.append(sql);
        query.values.addAll(values);
        return query;
    }

    public <T> List<T> list(Connection connection, Duration limit, Reader<T> reader) throws SQLException {
        try (PreparedStatement statement = prepare(connection, limit);
                ResultSet rows = statement.executeQuery()) {
            var found = new ArrayList<T>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        }
    }

    public int update(Connection connection, Duration limit) throws SQLException {
        try (PreparedStatement statement = prepare(connection, limit)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(Connection connection, Duration limit) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql.toString());
        try {
            statement.setQueryTimeout((int) limit.toSeconds());
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, bindable(connection, values.get(i)));
            }
            return statement;
        } catch (SQLException | RuntimeException failure) {
            statement.close();
            throw failure;
        }
    }

    private static Object bindable(Connection connection, Object value) throws SQLException {
        if (value instanceof UUID[] ids) {
            return connection.createArrayOf("uuid", ids);
        }
        if (value instanceof String[] texts) {
            return connection.createArrayOf("varchar", texts);
        }
        return value;
    }
}
