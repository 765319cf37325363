package dev.baton.persistence.view;

import com.typesafe.config.ConfigFactory;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.TestDatabase;
import dev.baton.persistence.sql.Jdbc;
import dev.baton.persistence.sql.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** A fresh database with the read side on it. */
abstract class ViewContract {
    static final ViewSettings SETTINGS = ViewSettings.from(ConfigFactory.load());

    private final TestDatabase test = create();
    final Database database = test.open();
    final ChatTable table = new JdbcChatTable(database.dataSource(), SETTINGS);
    final ChatRows rows = new ChatRows(database, SETTINGS);

    abstract TestDatabase create();

    @AfterEach
    void drop() {
        test.close();
    }

    final List<ChatChange> write(ChatUpdate... updates) {
        return table.write(List.of(updates));
    }

    final void execute(String sql) {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        }
    }

    final List<String> texts(String sql) {
        return Jdbc.run(
                database.dataSource(),
                sql,
                connection -> new Query().add(sql).list(connection, SETTINGS.queryTimeout(), row -> row.getString(1)));
    }
}
