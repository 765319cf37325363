package dev.baton.persistence.ledger;

import java.util.List;

/** Where calls are kept. Blocks. */
interface CallTable {

    /**
     * Writes all or nothing. What a call has used so far, and its end, count only while it is running, so of two ends the
     * first one stays. Records that are there already stay as they are.
     */
    void write(List<CallStart> starts, List<CallProgress> progress, List<CallEnd> ends);
}
