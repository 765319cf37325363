package dev.baton.docs.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.persistence.schema.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** What is written in the database, read past all nodes. */
record Journal(DatabaseSettings settings) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** {@code writer}: the life of the entity that wrote it. */
    record Entry(long version, String writer, String type, JsonNode event) {}

    /**
     * Nothing of an old epoch stands behind the beginning of a new one: epochs only grow, whoever has been followed by
     * another writer never writes again, and every turn was answered once.
     */
    void assertWhole(String chat, int turns) {
        List<Entry> entries = of(chat);
        long version = 0;
        long epoch = 0;
        var left = new HashSet<String>();
        String writer = entries.get(0).writer();
        int answers = 0;
        for (Entry entry : entries) {
            assertThat(entry.version()).as("version, chat %s", chat).isEqualTo(++version);
            if (!entry.writer().equals(writer)) {
                left.add(writer);
                writer = entry.writer();
            }
            assertThat(left).as("who is back, chat %s: %s", chat, entries).doesNotContain(writer);
            if (entry.event().has("epoch")) {
                long next = entry.event().path("epoch").asLong();
                assertThat(next).as("epoch, chat %s: %s", chat, entries).isGreaterThan(epoch);
                epoch = next;
            }
            for (JsonNode message : entry.event().path("messages")) {
                answers += message.path("role").asText().equals("assistant") ? 1 : 0;
            }
        }
        assertThat(answers).as("answers, chat %s: %s", chat, entries).isEqualTo(turns);
    }

    /** How many runners have held the chat, one after the other. */
    long epochs(String chat) {
        return of(chat).stream().filter(entry -> entry.event().has("epoch")).count();
    }

    List<Entry> of(String chat) {
        String sql = "select sequence_number, writer, event_ser_manifest, event_payload from event_journal"
                + " where persistence_id = ? order by sequence_number";
        try (Connection connection = DriverManager.getConnection(settings.url(), settings.user(), settings.password());
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, "Chat|" + chat);
            try (ResultSet row = statement.executeQuery()) {
                var entries = new ArrayList<Entry>();
                while (row.next()) {
                    entries.add(new Entry(
                            row.getLong(1), row.getString(2), row.getString(3), JSON.readTree(row.getBytes(4))));
                }
                return entries;
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(sql, failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
