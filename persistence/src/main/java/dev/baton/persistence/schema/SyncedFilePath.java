package dev.baton.persistence.schema;

import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files of H2 whose every write is on disk when it returns.
 *
 * <p>Without a write delay H2 hands each commit to the operating system before it returns, which outlives the process
 * but not the machine; it syncs nothing on its own. Opened like this, a commit outlives both, and writes reach the disk
 * in their order.
 *
 * <p>Public, with a public constructor, because H2 makes its own instances.
 */
public final class SyncedFilePath extends FilePathWrapper {
    static final String SCHEME = "synced";

    static void register() {
        FilePath.register(new SyncedFilePath());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return getBase().open(mode.equals("rw") ? "rwd" : mode);
    }
}
