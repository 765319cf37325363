package dev.baton.persistence.journal;

import akka.serialization.SerializerWithStringManifest;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes events and snapshots for the journal in the {@link JournalFormat}; Akka makes it by name. */
public final class ChatJournalSerializer extends SerializerWithStringManifest {
    /** Stored with every event, so it never changes. */
    private static final int IDENTIFIER = 7301;

    private final JournalFormat format = new JournalFormat(EventMigrations.PRODUCTION);

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object entry) {
        return JournalTypes.manifestOf(entry.getClass()).toString();
    }

    @Override
    public byte[] toBinary(Object entry) {
        try {
            return format.write(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(manifest(entry) + " cannot be written as JSON", e);
        }
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        try {
            return format.read(bytes, Manifest.parse(manifest));
        } catch (IOException e) {
            throw new UncheckedIOException("journal entry with manifest " + manifest + " cannot be read", e);
        }
    }
}
