package dev.baton.persistence.schema;

import akka.actor.ActorSystem;
import akka.actor.BootstrapSetup;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.setup.ActorSystemSetup;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's database, open and with the tables this build needs: a pool of connections, the threads that may block on
 * them, and the journal's way to them.
 *
 * <p>Every thread that asks for a connection has one kept for it, so a wait for the pool means trouble in the database,
 * never a busy node. Closing waits for what runs, takes nothing new, and may be done twice and from two threads; do it
 * after the actor system has ended, since the journal lives here.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int MIN_IDLE = 2;

    /** After ten failures in a row the journal refuses at once; Akka's 30 s would outlast most failures of a database. */
    private static final Duration BREAKER_RESET = Duration.ofSeconds(2);

    /**
     * PostgreSQL ends a session that begins a transaction and then says nothing for so long. A process that stands still
     * in the middle of one would hold its locks, and its connections stay open: everyone would wait for it. Shorter than
     * the time after which its chats are taken over, longer than a garbage collection.
     */
    private static final String IDLE_TRANSACTION = "2s";

    private final JdbcUrl url;
    private final DatabaseSettings settings;
    private final HikariDataSource pool;
    private final JournalDatabase journal;
    private final QueryThreads queries;
    private final Optional<H2Compaction> compaction;
    private final LongAdder fenced = new LongAdder();
    private boolean closed;

    private Database(JdbcUrl url, DatabaseSettings settings, HikariDataSource pool) {
        this.url = url;
        this.settings = settings;
        this.pool = pool;
        this.journal = new JournalDatabase(url.dialect(), pool, settings.journalConnections());
        this.queries = new QueryThreads(settings.queryConnections(), settings.queryQueue());
        this.compaction = url.dialect() == Dialect.H2 ? Optional.of(new H2Compaction(pool)) : Optional.empty();
    }

    /** Opens the database and brings its tables up to date. Blocks up to the start timeout for a database that is away. */
    public static Database open(DatabaseSettings settings) {
        JdbcUrl url = JdbcUrl.of(settings.url(), settings.h2Sync());
        SyncedFilePath.register();
        HikariDataSource pool = connect(url, settings);
        try {
            new Migrations(url, settings).run();
            return new Database(url, settings, pool);
        } catch (RuntimeException failure) {
            pool.close();
            throw failure;
        }
    }

    public DataSource dataSource() {
        return pool;
    }

    public Dialect dialect() {
        return url.dialect();
    }

    /** Threads for blocking queries, as many as there are connections for them; refuses what its queue cannot hold. */
    public Executor executor() {
        return queries.executor();
    }

    /** The settings that make an actor system keep its journal and snapshots here; of use only together with {@link #setup}. */
    public Config akkaConfig() {
        return ConfigFactory.parseMap(Map.of(
                "akka.persistence.journal.plugin",
                "jdbc-journal",
                "akka.persistence.snapshot-store.plugin",
                "jdbc-snapshot-store",
                "akka-persistence-jdbc.database-provider-fqcn",
                JournalDatabaseProvider.class.getName(),
                "jdbc-journal.dao",
                FencedJournalDao.class.getName(),
                "jdbc-journal.parallelism",
                settings.journalConnections(),
                "jdbc-journal.circuit-breaker.reset-timeout",
                BREAKER_RESET,
                "jdbc-snapshot-store.circuit-breaker.reset-timeout",
                BREAKER_RESET,
                // All events are kept, so a snapshot that this build cannot read is no reason to stop.
                "jdbc-snapshot-store.snapshot-is-optional",
                true));
    }

    /** What to make an actor system with, so that {@code config} holds and its journal and snapshots are kept here. */
    public ActorSystemSetup setup(Config config) {
        return ActorSystemSetup.create(
                BootstrapSetup.create(akkaConfig().withFallback(config)), new DatabaseSetup(this));
    }

    /** The database that {@code system} was made with, by {@link #setup}. */
    public static Database of(ClassicActorSystemProvider system) {
        ActorSystem made = system.classicSystem();
        return made.settings()
                .setup()
                .get(DatabaseSetup.class)
                .orElseThrow(() -> new IllegalStateException(
                        "actor system " + made.name() + " was not made with Database.setup, so it has no database"))
                .database();
    }

    /** Has the pool measure itself for {@code registry}. Once at most. */
    public void measuredBy(MeterRegistry registry) {
        pool.setMetricRegistry(registry);
    }

    /** How many commits the journal has refused, since another writer of their chat was there first. */
    public long fencedCommits() {
        return fenced.sum();
    }

    LongAdder fenced() {
        return fenced;
    }

    JournalDatabase journal() {
        return journal;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        compaction.ifPresent(H2Compaction::close);
        queries.close(settings.closeTimeout());
        awaitIdle(settings.closeTimeout());
        journal.close();
        pool.close();
    }

    /** The journal's threads are interrupted when they end, and an interrupt in mid-write closes the file under H2. */
    private void awaitIdle(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (pool.getHikariPoolMXBean().getActiveConnections() > 0) {
            if (System.nanoTime() - deadline > 0) {
                LOG.warn("database {}: closed although statements still ran after {}", url.shown(), limit);
                return;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static HikariDataSource connect(JdbcUrl url, DatabaseSettings settings) {
        var config = new HikariConfig();
        config.setPoolName("baton");
        config.setJdbcUrl(url.text());
        config.setUsername(settings.user());
        config.setPassword(settings.password());
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(Math.min(MIN_IDLE, settings.connections()));
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        config.setValidationTimeout(settings.connectionTimeout().toMillis());
        config.setInitializationFailTimeout(settings.startTimeout().toMillis());
        if (url.dialect() == Dialect.H2) {
            // One more for the compaction; none is ever retired, since H2 closes the file with its last connection.
            config.setMaximumPoolSize(settings.connections() + 1);
            config.setMaxLifetime(0);
        }
        if (url.dialect() == Dialect.POSTGRESQL) {
            // As texts, since the driver does not see values of any other type.
            config.addDataSourceProperty("ApplicationName", "baton");
            config.addDataSourceProperty("connectTimeout", seconds(settings.connectionTimeout()));
            config.addDataSourceProperty("socketTimeout", seconds(settings.socketTimeout()));
            config.addDataSourceProperty("tcpKeepAlive", "true");
            config.setConnectionInitSql("set idle_in_transaction_session_timeout = '" + IDLE_TRANSACTION + "'");
            // The detail of an error is the values of the statement: what people wrote belongs in no log.
            config.addDataSourceProperty("logServerErrorDetail", "false");
        }
        return OpenFailure.explained(url, settings, () -> new HikariDataSource(config));
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }
}
