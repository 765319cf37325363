/**
 * The read side: one row per chat and one per message, for lists, search, watching and sweeping.
 *
 * <p>{@link dev.baton.persistence.view.ChatRowWriter} writes them in groups, one per node, after the journal has the
 * events; {@link dev.baton.persistence.view.ChatRows} reads them. A row may lag behind the journal, also for good when
 * a node dies in between, until the {@link dev.baton.persistence.view.ChatSweep} finds it. Two rules keep rows true
 * whatever order writes arrive in: a row only ever becomes newer, and messages are written only where no version is
 * missing before them.
 *
 * <p>May use JDBC and typed actors. Decides nothing about chats.
 */
@NullMarked
package dev.baton.persistence.view;

import org.jspecify.annotations.NullMarked;
