package dev.baton.persistence.view;

import dev.baton.persistence.schema.DatabaseException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes a group so that one chat whose values the database refuses does not hold up the others for ever. */
final class GroupWrite {
    private static final Logger LOG = LoggerFactory.getLogger(GroupWrite.class);

    private GroupWrite() {}

    static List<ChatChange> run(ChatTable table, List<ChatUpdate> updates) {
        try {
            return table.write(updates);
        } catch (DatabaseException failure) {
            if (!failure.refusesTheValues()) {
                throw failure;
            }
            return oneByOne(table, updates);
        }
    }

    private static List<ChatChange> oneByOne(ChatTable table, List<ChatUpdate> updates) {
        var changes = new ArrayList<ChatChange>();
        for (ChatUpdate update : updates) {
            try {
                changes.addAll(table.write(List.of(update)));
            } catch (DatabaseException failure) {
                if (!failure.refusesTheValues()) {
                    throw failure;
                }
                LOG.error("chat {}: the database refuses its row, which stays as it was", update.id(), failure);
            }
        }
        return changes;
    }
}
