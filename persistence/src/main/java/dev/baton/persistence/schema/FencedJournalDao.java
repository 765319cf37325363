package dev.baton.persistence.schema;

import akka.dispatch.Futures;
import akka.japi.pf.PFBuilder;
import akka.persistence.jdbc.config.JournalConfig;
import akka.persistence.jdbc.journal.dao.DefaultJournalDao;
import akka.persistence.jdbc.journal.dao.JournalTables.JournalAkkaSerializationRow;
import akka.serialization.Serialization;
import akka.stream.Materializer;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.util.concurrent.atomic.LongAdder;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.collection.immutable.Set;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.runtime.BoxedUnit;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/**
 * Akka's journal writes what many chats commit at the same time in one transaction. When one of them has a second writer,
 * that transaction fails for all of them; then each commit is tried once more by itself, and only the one that comes too
 * late is refused.
 *
 * <p>Such a failure says that nothing was written. After any other failure nobody knows, so nothing is tried again.
 *
 * <p>Akka makes it by the name that {@link Database#akkaConfig} gives.
 */
public final class FencedJournalDao extends DefaultJournalDao {
    /** A commit of an event number that is taken: {@code unique_violation} of the SQL standard. */
    private static final String DUPLICATE_KEY = "23505";

    private final ExecutionContext executor;
    private final LongAdder fenced;

    public FencedJournalDao(
            JdbcBackend.DatabaseDef database,
            JdbcProfile profile,
            JournalConfig config,
            Serialization serialization,
            ExecutionContext executor,
            Materializer materializer) {
        super(database, profile, config, serialization, executor, materializer);
        this.executor = executor;
        this.fenced = Database.of(serialization.system()).fenced();
    }

    @Override
    public Future<BoxedUnit> queueWriteJournalRows(Seq<Tuple2<JournalAkkaSerializationRow, Set<String>>> rows) {
        return super.queueWriteJournalRows(rows)
                .recoverWith(
                        new PFBuilder<Throwable, Future<BoxedUnit>>()
                                .match(SQLException.class, FencedJournalDao::isTaken, failure -> alone(rows))
                                .build(),
                        executor);
    }

    private Future<BoxedUnit> alone(Seq<Tuple2<JournalAkkaSerializationRow, Set<String>>> rows) {
        return writeJournalRows(rows)
                .recoverWith(
                        new PFBuilder<Throwable, Future<BoxedUnit>>()
                                .match(SQLException.class, FencedJournalDao::isTaken, failure -> {
                                    fenced.increment();
                                    return Futures.failed(failure);
                                })
                                .build(),
                        executor);
    }

    private static boolean isTaken(SQLException failure) {
        return failure instanceof SQLIntegrityConstraintViolationException
                || DUPLICATE_KEY.equals(failure.getSQLState());
    }
}
