package dev.baton.persistence.view;

import java.util.List;

/** Where the read side is written. */
@FunctionalInterface
public interface ChatTable {

    /**
     * Makes {@code updates}, each of another chat, or none of them. Returns the rows that became newer by it, in the
     * order of their numbers. Blocks. What is stale or was there before changes nothing.
     */
    List<ChatChange> write(List<ChatUpdate> updates);
}
