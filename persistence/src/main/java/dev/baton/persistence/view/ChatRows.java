package dev.baton.persistence.view;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.sql.Jdbc;
import dev.baton.persistence.sql.Query;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads the list of chats. Blocks; {@link ChatReads} does not. */
public final class ChatRows {
    private final DataSource database;
    private final TextSearch search;
    private final Duration limit;

    public ChatRows(Database database, ViewSettings settings) {
        this.database = database.dataSource();
        this.search = TextSearch.of(database.dialect());
        this.limit = settings.queryTimeout();
    }

    /** Pinned chats first, then the newest; a page goes on exactly after {@link ChatQuery#cursor}, also among changes. */
    public ChatPage list(ChatQuery asked) {
        List<ChatRow> rows = run("list chats", listing(asked), RowColumns::read);
        if (rows.size() <= asked.limit()) {
            return new ChatPage(rows, Optional.empty());
        }
        List<ChatRow> page = rows.subList(0, asked.limit());
        return new ChatPage(
                page, Optional.of(ListCursor.after(page.get(page.size() - 1)).toString()));
    }

    public Optional<ChatRow> get(ChatId chat) {
        return run(
                        "read the row of chat " + chat,
                        new Query().add(RowColumns.SELECT).add("where c.chat_id = ?", chat.value()),
                        RowColumns::read)
                .stream()
                .findFirst();
    }

    /**
     * The rows that were written after number {@code after}, in order, at most {@code count}. Each row is there once,
     * as it is now. None is missed: going on from the last number seen is going on without a gap.
     */
    public List<ChatChange> changesAfter(long after, Optional<String> owner, int count) {
        return run("read the changes of chats", changing(after, owner, count), RowColumns::readChange);
    }

    /** The number of the newest change; whoever wants only what comes next begins after it. */
    public long newestChange() {
        return run(
                        "read the newest change",
                        new Query().add("select newest from change_counter"),
                        row -> row.getLong(1))
                .get(0);
    }

    /** The statement of {@link #list}: one row more than asked for tells whether there is another page. */
    Query listing(ChatQuery asked) {
        Optional<ListCursor> after = asked.cursor().map(ListCursor::parse);
        Query query = new Query().add(RowColumns.SELECT).add("where c.archived = ?", asked.archived());
        asked.owner().ifPresent(owner -> query.add("and c.owner = ?", Jdbc.storable(owner)));
        asked.status().ifPresent(status -> addStatus(query, status));
        for (Map.Entry<String, String> label : asked.labels().entrySet()) {
            query.add(
                    "and exists (select 1 from chat_label l"
                            + " where l.label_key = ? and l.label_value = ? and l.chat_id = c.chat_id)",
                    Jdbc.storable(label.getKey()),
                    Jdbc.storable(label.getValue()));
        }
        asked.text().map(Jdbc::storable).filter(text -> !text.isBlank()).ifPresent(text -> search.add(query, text));
        after.ifPresent(cursor -> query.add(
                "and (c.pinned, c.updated_at, c.chat_id) < (?, ?, ?)",
                cursor.pinned(),
                Jdbc.time(cursor.updatedAt()),
                cursor.chat().value()));
        return query.add("order by c.pinned desc, c.updated_at desc, c.chat_id desc limit ?", asked.limit() + 1);
    }

    /** The statement of {@link #changesAfter}. */
    static Query changing(long after, Optional<String> owner, int count) {
        Query query = new Query().add(RowColumns.SELECT).add("where c.changed > ?", after);
        owner.ifPresent(name -> query.add("and c.owner = ?", Jdbc.storable(name)));
        return query.add("order by c.changed limit ?", count);
    }

    /** The status stands in the text as a constant, since the index of the statuses that few chats have asks for it. */
    private static void addStatus(Query query, Status status) {
        query.add("and c.status = '" + status.name() + "'");
        if (status != Status.WAITING) {
            query.add("and c.status <> 'WAITING'");
        }
    }

    private <T> List<T> run(String what, Query query, Query.Reader<T> reader) {
        return Jdbc.run(database, what, connection -> query.list(connection, limit, reader));
    }
}
