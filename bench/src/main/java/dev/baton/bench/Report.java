package dev.baton.bench;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ExitCode;

/** What a benchmark has to say at its end: times as rows, facts as lines, and what was wrong. */
final class Report {
    private static final String ROW = "%-58s %6s %9s %9s %9s  %s%n";

    private static final int FAULTS_SHOWN = 20;

    private final String title;
    private final Machine machine;
    private final List<Row> rows = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    private record Row(String what, Percentiles times, Target target) {}

    Report(String title, Machine machine) {
        this.title = title;
        this.machine = machine;
    }

    /** Times of one kind; none of them leave no row. */
    Report times(String what, Collection<Duration> times, Target target) {
        if (!times.isEmpty()) {
            rows.add(new Row(what, Percentiles.of(times), target));
        }
        return this;
    }

    Report times(String what, Collection<Duration> times) {
        return times(what, times, Target.NONE);
    }

    Report fact(String line) {
        facts.add(line);
        return this;
    }

    /** Something that must not happen has happened; clients may say so at any time. */
    synchronized Report fault(String line) {
        faults.add(line);
        return this;
    }

    synchronized boolean isFaulty() {
        return !faults.isEmpty();
    }

    /** Prints it; what the process is to end with. */
    int finish(PrintWriter out) {
        out.print(this);
        out.flush();
        return isFaulty() ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    @Override
    public synchronized String toString() {
        var text = new StringBuilder("%n%s%n%s%n".formatted(title, machine));
        if (!rows.isEmpty()) {
            text.append(ROW.formatted("", "n", "p50", "p99", "max", "target"));
        }
        for (Row row : rows) {
            Percentiles times = row.times();
            text.append(ROW.formatted(
                            row.what(),
                            times.count(),
                            shown(times.p50()),
                            shown(times.p99()),
                            shown(times.max()),
                            row.target().verdict(times))
                    .stripTrailing());
            text.append(System.lineSeparator());
        }
        facts.forEach(fact -> text.append(fact).append(System.lineSeparator()));
        faults.stream()
                .limit(FAULTS_SHOWN)
                .forEach(fault -> text.append("WRONG: ").append(fault).append(System.lineSeparator()));
        if (faults.size() > FAULTS_SHOWN) {
            text.append("WRONG: and %d more of that%n".formatted(faults.size() - FAULTS_SHOWN));
        }
        return text.toString();
    }

    static String shown(Duration time) {
        boolean fine = time.compareTo(Duration.ofMillis(10)) < 0 && time.toNanosPart() % 1_000_000 != 0;
        return fine ? String.format(Locale.ROOT, "%.2f ms", time.toNanos() / 1e6) : time.toMillis() + " ms";
    }
}
