package dev.baton.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Many idle chats, made fast: copies of one that the product has written, byte for byte, under ids of their own. Events do
 * not name their chat, so a copy is what the product would have written for a chat with the same history.
 */
final class ChatCopies {

    private static final String IDS = """
            create temporary table copy on commit drop as
            select gen_random_uuid() as id, row_number() over () as n from generate_series(1, ?)""";

    private static final String JOURNAL = """
            insert into event_journal
            select copied.* from event_journal original, copy, jsonb_populate_record(original, jsonb_build_object(
                'persistence_id', split_part(original.persistence_id, '|', 1) || '|' || copy.id,
                'ordering', nextval('event_journal_ordering_seq'))) copied
            where original.persistence_id like '%|' || ?""";

    private static final String ROWS = """
            insert into chat
            select copied.* from chat original, copy, change_counter counter, jsonb_populate_record(original,
                jsonb_build_object('chat_id', copy.id, 'changed', counter.newest + copy.n)) copied
            where original.chat_id = ?::uuid""";

    private static final String MESSAGES = """
            insert into chat_message
            select copied.* from chat_message original, copy, jsonb_populate_record(original,
                jsonb_build_object('chat_id', copy.id)) copied
            where original.chat_id = ?::uuid""";

    private static final String COUNTER =
            "update change_counter set newest = (select max(changed) from chat) where ? <> ''";

    private ChatCopies() {}

    /** Adds {@code count} copies of {@code chat}, which must be idle. */
    static void add(String jdbcUrl, String chat, int count) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl)) {
            connection.setAutoCommit(false);
            try (Statement lock = connection.createStatement()) {
                lock.execute("select newest from change_counter for update");
            }
            try (PreparedStatement ids = connection.prepareStatement(IDS)) {
                ids.setInt(1, count);
                ids.execute();
            }
            for (String sql : new String[] {JOURNAL, ROWS, MESSAGES, COUNTER}) {
                try (PreparedStatement copy = connection.prepareStatement(sql)) {
                    copy.setString(1, chat);
                    copy.execute();
                }
            }
            connection.commit();
        } catch (SQLException failure) {
            throw new BenchFailure("the chats could not be copied: " + failure.getMessage(), failure);
        }
    }
}
