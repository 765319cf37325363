package dev.baton.persistence.view;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.sql.Jdbc;
import dev.baton.persistence.sql.Query;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What a sweep asks the database: which chats have nobody to run them, and which rows lag behind the journal. Blocks.
 *
 * <p>Rows are repaired in rounds. A round asks for the chats that {@link #lagging lag} between the {@link #mark} and
 * where the journal ended <em>one round before</em>, and wakes each so that it tells the writer all about itself. When
 * none lags, the mark moves up to that end. The round in between is the time that writes under way have to arrive, those
 * of the rows as well as those of the journal itself, where a number is taken before its event can be seen.
 */
public final class ChatSweep {
    private static final String PERSISTENCE_IDS = "Chat|";

    private final DataSource database;
    private final Duration limit;

    public ChatSweep(Database database, ViewSettings settings) {
        this.database = database.dataSource();
        this.limit = settings.queryTimeout();
    }

    /**
     * Chats that have work and whose runner is none of {@code live}, in the order of their ids from {@code after} on,
     * at most {@code count}.
     */
    public List<ChatWithWork> withWork(Optional<ChatId> after, Set<NodeId> live, int count) {
        return run(
                "look for chats with work",
                working(after, live, count),
                row -> new ChatWithWork(
                        new ChatId(row.getObject(1, UUID.class)), row.getLong(2), node(row.getString(3))));
    }

    /** Chats that have work and that {@code node} holds, in the order of their ids from {@code after} on, at most {@code count}. */
    public List<ChatId> heldBy(NodeId node, Optional<ChatId> after, int count) {
        Query query = new Query().add("select chat_id from chat where has_work and runner_node = ?", node.value());
        after.ifPresent(chat -> query.add("and chat_id > ?", chat.value()));
        return run(
                "look for chats that a node holds",
                query.add("order by chat_id limit ?", count),
                row -> new ChatId(row.getObject(1, UUID.class)));
    }

    /** Up to which ordering of the journal all rows are known to be complete. */
    public long mark() {
        return number("read the sweep's mark", new Query().add("select ordering from sweep_mark"));
    }

    /** Moves the mark up; never down, since an old sweeper may come after a new one. */
    public void advanceMark(long ordering) {
        Query query = new Query().add("update sweep_mark set ordering = ? where ordering < ?", ordering, ordering);
        int unused = Jdbc.run(database, "move the sweep's mark", connection -> query.update(connection, limit));
    }

    /** The newest ordering in the journal; 0 when it is empty. */
    public long journalEnd() {
        return number(
                "read the journal's end", new Query().add("select coalesce(max(ordering), 0) from event_journal"));
    }

    /**
     * Chats of which the journal, after {@code mark} up to {@code end}, holds a version that their row, or its messages,
     * do not have; at most {@code count}.
     */
    public List<ChatId> lagging(long mark, long end, int count) {
        Query query = new Query()
                .add(
                        "select j.persistence_id from (select persistence_id, max(sequence_number) as version"
                                + " from event_journal where ordering > ? and ordering <= ? and not deleted"
                                + " and persistence_id like ? group by persistence_id) j",
                        mark,
                        end,
                        PERSISTENCE_IDS + "%")
                .add(
                        "left join chat c on c.chat_id = cast(substring(j.persistence_id from ?) as uuid)",
                        PERSISTENCE_IDS.length() + 1)
                .add("where c.chat_id is null or c.version < j.version or c.complete_version < j.version")
                .add("limit ?", count);
        List<String> ids = run("look for rows that lag", query, row -> row.getString(1));
        var chats = new ArrayList<ChatId>();
        ids.forEach(id -> ChatId.parse(id.substring(PERSISTENCE_IDS.length())).ifPresent(chats::add));
        return chats;
    }

    /** The statement of {@link #withWork}. */
    static Query working(Optional<ChatId> after, Set<NodeId> live, int count) {
        Query query = new Query().add("select chat_id, epoch, runner_node from chat where has_work");
        after.ifPresent(chat -> query.add("and chat_id > ?", chat.value()));
        String[] nodes = live.stream().map(NodeId::value).toArray(String[]::new);
        return query.add("and (runner_node is null or not (runner_node = any(?)))", (Object) nodes)
                .add("order by chat_id limit ?", count);
    }

    private static @Nullable NodeId node(@Nullable String value) {
        return value == null ? null : new NodeId(value);
    }

    private long number(String what, Query query) {
        return run(what, query, row -> row.getLong(1)).get(0);
    }

    private <T> List<T> run(String what, Query query, Query.Reader<T> reader) {
        return Jdbc.run(database, what, connection -> query.list(connection, limit, reader));
    }
}
