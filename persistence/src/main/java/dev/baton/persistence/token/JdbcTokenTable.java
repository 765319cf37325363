package dev.baton.persistence.token;

import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.DatabaseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The table {@code api_token}. Revocations are dated by the database, since nodes' clocks differ. */
public final class JdbcTokenTable implements TokenTable {
    private static final String COLUMNS =
            "id, name, role, owner, created_by, created_at, expires_at, revoked_at, last_used_at";

    /** A revocation may be dated that long before it can be read. */
    private static final Duration OVERLAP = Duration.ofSeconds(15);

    private final DataSource database;
    private final int limitSeconds;
    private final String now;

    /** {@code limit}: for one statement; shorter than what a revocation may be late by. */
    public JdbcTokenTable(Database database, Duration limit) {
        if (limit.compareTo(OVERLAP) >= 0) {
            throw new IllegalArgumentException("a limit of " + limit + " is not shorter than " + OVERLAP);
        }
        this.database = database.dataSource();
        this.limitSeconds = (int) Math.max(1, limit.toSeconds());
        this.now = database.dialect().now();
    }

    /** Work with one statement. */
    @FunctionalInterface
    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(String what, String sql, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            return run(connection, sql, work);
        } catch (SQLException failure) {
            throw new DatabaseException("cannot " + what + ": " + failure.getMessage(), failure);
        }
    }

    private <T> T run(Connection connection, String sql, Work<T> work) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setQueryTimeout(limitSeconds);
            return work.with(statement);
        }
    }

    @Override
    public void insert(ApiToken token, String hash) {
        int unused = run(
                "make a token",
                "insert into api_token (" + COLUMNS + ", hash) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                insert -> {
                    insert.setObject(1, token.id());
                    insert.setString(2, token.name());
                    insert.setString(3, token.role());
                    insert.setString(4, token.owner());
                    insert.setString(5, token.createdBy());
                    insert.setObject(6, time(token.createdAt()));
                    insert.setObject(7, time(token.expiresAt()));
                    insert.setObject(8, time(token.revokedAt()));
                    insert.setObject(9, time(token.lastUsedAt()));
                    insert.setString(10, hash);
                    return insert.executeUpdate();
                });
    }

    @Override
    public Optional<ApiToken> find(String hash) {
        return run("look a token up", "select " + COLUMNS + " from api_token where hash = ?", select -> {
            select.setString(1, hash);
            return list(select).stream().findFirst();
        });
    }

    @Override
    public TokenPage page(Optional<String> cursor, int count) {
        Optional<TokenCursor> after = cursor.map(TokenCursor::parse);
        String where = after.isPresent() ? " where (created_at, id) < (?, ?)" : "";
        List<ApiToken> tokens = run(
                "list tokens",
                "select " + COLUMNS + " from api_token" + where + " order by created_at desc, id desc limit ?",
                select -> {
                    int next = 1;
                    if (after.isPresent()) {
                        select.setObject(next++, time(after.get().createdAt()));
                        select.setObject(next++, after.get().id());
                    }
                    select.setInt(next, count + 1);
                    return list(select);
                });
        if (tokens.size() <= count) {
            return new TokenPage(tokens, Optional.empty());
        }
        return new TokenPage(
                tokens.subList(0, count),
                Optional.of(TokenCursor.after(tokens.get(count - 1)).toString()));
    }

    @Override
    public Optional<ApiToken> revoke(UUID id) {
        String clock = now.substring("select ".length());
        int unused = run(
                "revoke a token",
                "update api_token set revoked_at = " + clock + " where id = ? and revoked_at is null",
                update -> {
                    update.setObject(1, id);
                    return update.executeUpdate();
                });
        return run("look a token up", "select " + COLUMNS + " from api_token where id = ?", select -> {
            select.setObject(1, id);
            return list(select).stream().findFirst();
        });
    }

    @Override
    public RevokedTokens revokedSince(@Nullable Instant since) {
        try (Connection connection = database.getConnection()) {
            Instant upTo = run(connection, now, select -> {
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    return rows.getObject(1, OffsetDateTime.class).toInstant();
                }
            });
            var ids = new HashSet<UUID>();
            if (since != null) {
                ids.addAll(run(connection, "select id from api_token where revoked_at > ?", select -> {
                    select.setObject(1, time(since.minus(OVERLAP)));
                    try (ResultSet rows = select.executeQuery()) {
                        var found = new ArrayList<UUID>();
                        while (rows.next()) {
                            found.add(rows.getObject(1, UUID.class));
                        }
                        return found;
                    }
                }));
            }
            return new RevokedTokens(ids, upTo);
        } catch (SQLException failure) {
            throw new DatabaseException("cannot read which tokens were revoked: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void used(Map<UUID, Instant> uses) {
        int[] unused = run(
                "write when tokens were used",
                "update api_token set last_used_at = ? where id = ? and (last_used_at is null or last_used_at < ?)",
                update -> {
                    for (Map.Entry<UUID, Instant> use : uses.entrySet()) {
                        update.setObject(1, time(use.getValue()));
                        update.setObject(2, use.getKey());
                        update.setObject(3, time(use.getValue()));
                        update.addBatch();
                    }
                    return update.executeBatch();
                });
    }

    private static List<ApiToken> list(PreparedStatement select) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            var tokens = new ArrayList<ApiToken>();
            while (rows.next()) {
                tokens.add(read(rows));
            }
            return tokens;
        }
    }

    private static ApiToken read(ResultSet row) throws SQLException {
        return new ApiToken(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                instant(row.getObject(7, OffsetDateTime.class)),
                instant(row.getObject(8, OffsetDateTime.class)),
                instant(row.getObject(9, OffsetDateTime.class)));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
