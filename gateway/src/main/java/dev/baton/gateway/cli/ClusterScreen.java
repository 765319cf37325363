package dev.baton.gateway.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Shows the nodes of a local cluster: on a terminal as a table that stays in its place, else a line for each change. */
final class ClusterScreen {
    /** Set by the launcher when the output is a terminal. */
    static final String TERMINAL = "baton.terminal";

    private final PrintWriter out;
    private final boolean terminal;
    private List<ClusterRow> shown = List.of();

    ClusterScreen(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void show(List<ClusterRow> rows) {
        if (terminal && !rows.equals(shown)) {
            if (!shown.isEmpty()) {
                out.printf("\u001b[%dA\u001b[J", shown.size() + 1);
            }
            table(rows).forEach(out::println);
        } else if (!terminal) {
            List<String> before = shown.stream().map(ClusterRow::standing).toList();
            rows.stream()
                    .map(ClusterRow::standing)
                    .filter(line -> !before.contains(line))
                    .forEach(out::println);
        }
        out.flush();
        shown = List.copyOf(rows);
    }

    static List<String> table(List<ClusterRow> rows) {
        var all = new ArrayList<List<String>>();
        all.add(ClusterRow.HEADINGS);
        rows.forEach(row -> all.add(row.cells()));
        var lines = new ArrayList<String>();
        for (List<String> cells : all) {
            var line = new StringBuilder();
            for (int column = 0; column < cells.size(); column++) {
                int width = width(all, column);
                line.append(cells.get(column))
                        .append(" ".repeat(width - cells.get(column).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    private static int width(List<List<String>> all, int column) {
        return all.stream().mapToInt(cells -> cells.get(column).length()).max().orElse(0);
    }
}
