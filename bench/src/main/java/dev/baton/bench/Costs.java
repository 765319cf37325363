package dev.baton.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;

/** What a node and its PostgreSQL have used so far: processor time, and bytes of write-ahead log. Linux only. */
record Costs(double nodeSeconds, double databaseSeconds, long logBytes) {
    /** What the kernel counts in, on every Linux that Java runs on. */
    private static final double TICKS_A_SECOND = 100;

    private static final int UTIME = 11;
    private static final int STIME = 12;

    static Costs now(long pid, String jdbcUrl) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn")) {
            row.next();
            return new Costs(seconds(pid), allNamed("postgres"), row.getLong(1));
        } catch (SQLException failure) {
            throw new BenchFailure("the database does not say what it has written", failure);
        }
    }

    Costs since(Costs before) {
        return new Costs(
                nodeSeconds - before.nodeSeconds, databaseSeconds - before.databaseSeconds, logBytes - before.logBytes);
    }

    /** Of this machine, so there must be no other PostgreSQL that works. */
    private static double allNamed(String name) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> stat(process).startsWith(name + ")"))
                    .mapToDouble(process -> seconds(stat(process)))
                    .sum();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static double seconds(long pid) {
        return seconds(stat(Path.of("/proc", Long.toString(pid))));
    }

    private static double seconds(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return fields.length <= STIME
                ? 0
                : (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_A_SECOND;
    }

    /** From the name on; nothing when the process is gone. */
    private static String stat(Path process) {
        try {
            String stat = Files.readString(process.resolve("stat"));
            return stat.substring(stat.indexOf('(') + 1);
        } catch (IOException gone) {
            return "";
        }
    }
}
