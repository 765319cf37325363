package dev.baton.docs.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Machines made of network namespaces, each with a line to the others and a line to the database. Both lines meet in a
 * namespace of their own, so nothing of it can be reached from any real interface.
 */
final class Namespaces implements AutoCloseable {
    /** The lines of a machine; each is a network of its own. */
    enum Line {
        OTHERS(0),
        DATABASE(1);

        private final int number;

        Line(int number) {
            this.number = number;
        }
    }

    private final String prefix = "baton-" + ProcessHandle.current().pid() + "-";
    private final List<String> made = new ArrayList<>();

    /** Whether this process may make network namespaces, and has the command for it. */
    static boolean areThere() {
        String probe = "baton-probe-" + ProcessHandle.current().pid();
        try {
            boolean can = run(List.of("ip", "netns", "add", probe)).ok();
            return can && run(List.of("ip", "netns", "del", probe)).ok();
        } catch (UncheckedIOException noSuchCommand) {
            return false;
        }
    }

    static Namespaces of(int machines) {
        var namespaces = new Namespaces();
        try {
            namespaces.make(machines);
            return namespaces;
        } catch (RuntimeException | AssertionError failure) {
            namespaces.close();
            throw failure;
        }
    }

    private void make(int machines) {
        add(hub());
        for (Line line : Line.values()) {
            inside(hub(), "ip", "link", "add", bridge(line), "type", "bridge");
            inside(hub(), "ip", "link", "set", bridge(line), "up");
        }
        inside(hub(), "ip", "addr", "add", database() + "/24", "dev", bridge(Line.DATABASE));
        for (int machine = 1; machine <= machines; machine++) {
            String name = name(machine);
            add(name);
            inside(name, "ip", "link", "set", "lo", "up");
            for (Line line : Line.values()) {
                String inner = "line" + line.number;
                String outer = outer(line, machine);
                inside(hub(), "ip", "link", "add", outer, "type", "veth", "peer", "name", inner, "netns", name);
                inside(hub(), "ip", "link", "set", outer, "master", bridge(line), "up");
                inside(name, "ip", "addr", "add", address(line, machine) + "/24", "dev", inner);
                inside(name, "ip", "link", "set", inner, "up");
            }
        }
    }

    void cut(int machine, Line line) {
        inside(hub(), "ip", "link", "set", outer(line, machine), "down");
    }

    void mend(int machine, Line line) {
        inside(hub(), "ip", "link", "set", outer(line, machine), "up");
    }

    /** What to put before a command so that it runs on {@code machine}. */
    List<String> on(int machine) {
        return List.of("ip", "netns", "exec", name(machine));
    }

    /** What to put before a command so that it runs where the lines meet. */
    List<String> onHub() {
        return List.of("ip", "netns", "exec", hub());
    }

    static String address(Line line, int machine) {
        return "10.213.%d.%d".formatted(line.number, machine);
    }

    static String database() {
        return "10.213.%d.254".formatted(Line.DATABASE.number);
    }

    private String hub() {
        return prefix + "hub";
    }

    private String name(int machine) {
        return prefix + machine;
    }

    private static String bridge(Line line) {
        return "bridge" + line.number;
    }

    private static String outer(Line line, int machine) {
        return "line%d-%d".formatted(line.number, machine);
    }

    private void add(String name) {
        succeed(List.of("ip", "netns", "add", name));
        made.add(name);
    }

    private void inside(String name, String... command) {
        var whole = new ArrayList<>(List.of("ip", "netns", "exec", name));
        whole.addAll(List.of(command));
        succeed(whole);
    }

    private static void succeed(List<String> command) {
        Result result = run(command);
        if (!result.ok()) {
            throw new AssertionError(String.join(" ", command) + ": " + result.output());
        }
    }

    private record Result(boolean ok, String output) {}

    private static Result run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(process.waitFor() == 0, output);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    @Override
    public void close() {
        made.forEach(name -> run(List.of("ip", "netns", "del", name)));
        made.clear();
    }
}
