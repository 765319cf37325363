package dev.baton.persistence.journal;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatId;

/** Reads what happened to a chat. */
public interface ChatJournal {

    /** The events with versions from {@code first} to {@code last}, both included, in order, read page by page. */
    Source<Entry, NotUsed> read(ChatId chat, long first, long last);

    /** One event and the version it led to. */
    record Entry(long version, ChatEvent event) {}
}
