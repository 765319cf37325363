package dev.baton.persistence.schema;

import akka.persistence.jdbc.db.SlickDatabase;
import javax.sql.DataSource;
import scala.Option;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcBackend$;
import slick.jdbc.JdbcProfile;
import slick.util.AsyncExecutor;

/**
 * The journal's way to the pool. It has as many threads as connections of its own, since Slick otherwise lets threads
 * wait for connections that are held by work that waits for a thread.
 */
final class JournalDatabase implements SlickDatabase, AutoCloseable {
    /** Each running chat has at most one write under way, so this is far above what a node admits. */
    private static final int QUEUE = 10_000;

    private final Dialect dialect;
    private final AsyncExecutor threads;
    private final JdbcBackend.DatabaseDef database;

    JournalDatabase(Dialect dialect, DataSource pool, int connections) {
        this.dialect = dialect;
        this.threads = AsyncExecutor.apply("baton-journal", connections, connections, QUEUE, connections);
        this.database = JdbcBackend$.MODULE$
                .Database()
                .forDataSource(pool, Option.apply(connections), threads, /* keepAliveConnection= */ false);
    }

    @Override
    public JdbcBackend.DatabaseDef database() {
        return database;
    }

    @Override
    public JdbcProfile profile() {
        return dialect.slickProfile();
    }

    /** No plugin closes what all of them share. */
    @Override
    public boolean allowShutdown() {
        return false;
    }

    /** Ends the threads and leaves the pool alone, which belongs to someone else. */
    @Override
    public void close() {
        threads.close();
    }
}
