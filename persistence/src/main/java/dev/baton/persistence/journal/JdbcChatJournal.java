package dev.baton.persistence.journal;

import akka.NotUsed;
import akka.actor.typed.ActorSystem;
import akka.persistence.jdbc.query.javadsl.JdbcReadJournal;
import akka.persistence.query.PersistenceQuery;
import akka.persistence.typed.PersistenceId;
import akka.stream.javadsl.Source;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatId;

/** Reads the journal in the database, {@code jdbc-read-journal.max-buffer-size} events at a time. */
public final class JdbcChatJournal implements ChatJournal {
    private final JdbcReadJournal journal;

    public JdbcChatJournal(ActorSystem<?> system) {
        this.journal =
                PersistenceQuery.get(system).getReadJournalFor(JdbcReadJournal.class, JdbcReadJournal.Identifier());
    }

    @Override
    public Source<Entry, NotUsed> read(ChatId chat, long first, long last) {
        if (first > last) {
            return Source.empty();
        }
        String id = PersistenceId.of(Chat.KEY.name(), chat.toString()).id();
        return journal.currentEventsByPersistenceId(id, first, last)
                .map(envelope -> new Entry(envelope.sequenceNr(), (ChatEvent) envelope.event()));
    }
}
