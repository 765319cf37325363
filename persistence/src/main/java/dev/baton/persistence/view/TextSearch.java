package dev.baton.persistence.view;

import dev.baton.persistence.schema.Dialect;
import dev.baton.persistence.sql.Query;
import java.util.Locale;

/** Narrows a query of chats to those in whose title, or in one of whose messages, all words of a text occur. */
@FunctionalInterface
interface TextSearch {

    void add(Query query, String text);

    static TextSearch of(Dialect dialect) {
        return dialect == Dialect.POSTGRESQL ? TextSearch::indexed : TextSearch::scanning;
    }

    /** By the word index; the last word may be the beginning of one. Text without any word finds nothing. */
    private static void indexed(Query query, String text) {
        String words = "(case when numnode(plainto_tsquery('simple', ?)) > 0"
                + " then (plainto_tsquery('simple', ?)::text || ':*')::tsquery end)";
        query.add(
                "and c.chat_id in (select m.chat_id from chat_message m where to_tsvector('simple', m.text) @@ " + words
                        + " union all select t.chat_id from chat t where to_tsvector('simple', t.title) @@ " + words
                        + ")",
                text,
                text,
                text,
                text);
    }

    /** By looking at every text of the chats that are left; each word may stand anywhere, also within another. */
    private static void scanning(Query query, String text) {
        String[] words = text.toLowerCase(Locale.ROOT).strip().split("\\s+", -1);
        query.add("and (exists (select 1 from chat_message m where m.chat_id = c.chat_id");
        for (String word : words) {
            query.add("and lower(m.text) like ? escape '!'", containing(word));
        }
        query.add(") or (1 = 1");
        for (String word : words) {
            query.add("and lower(c.title) like ? escape '!'", containing(word));
        }
        query.add("))");
    }

    private static String containing(String word) {
        return "%" + word.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%";
    }
}
