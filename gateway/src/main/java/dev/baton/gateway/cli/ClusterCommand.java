package dev.baton.gateway.cli;

import dev.baton.gateway.local.LocalCluster;
import dev.baton.gateway.local.LocalClusterOptions;
import dev.baton.gateway.local.LocalNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs a PostgreSQL and nodes on this machine, each as a process of its own, until a signal ends it. */
@Command(
        name = "cluster",
        description = {
            "Run a local cluster, for trying and for tests: a real PostgreSQL and nodes as processes.",
            "Ctrl-C stops all of it; the database is kept for the next run."
        },
        mixinStandardHelpOptions = true)
final class ClusterCommand implements Callable<Integer> {
    private static final Duration REFRESH = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--nodes", paramLabel = "N", defaultValue = "3", description = "How many nodes (default 3).")
    private int nodes;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "HTTP port of the first node; the others follow (default 8081; 0 = any free ones).")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "./data/cluster",
            description = "Where the database and the nodes' logs live (default ./data/cluster).")
    private Path data = Path.of("data", "cluster");

    @Option(names = "--restart", description = "Start a node again when it has ended.")
    private boolean restart;

    private final CountDownLatch stopping = new CountDownLatch(1);

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        LocalCluster cluster = cluster();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cluster, out), "cluster-stop"));
        say(out, "starting PostgreSQL and %d %s".formatted(nodes, nodes == 1 ? "node" : "nodes"));
        try {
            cluster.start();
        } catch (IllegalStateException refusal) {
            return given(cluster, refusal);
        }
        introduce(cluster, out);
        watch(cluster, out);
        return ExitCode.OK;
    }

    private LocalCluster cluster() {
        try {
            return new LocalCluster(new LocalClusterOptions(nodes, port, data, number -> List.of(), List.of()));
        } catch (IllegalArgumentException wrong) {
            throw new CommandFailed(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** What a start met because it was being stopped is no failure of its own. */
    private int given(LocalCluster cluster, IllegalStateException refusal) {
        if (isStopping()) {
            return ExitCode.SOFTWARE;
        }
        cluster.close();
        throw new CommandFailed(String.valueOf(refusal.getMessage()), refusal);
    }

    private void stop(LocalCluster cluster, PrintWriter out) {
        stopping.countDown();
        boolean runs = cluster.nodes().stream().anyMatch(LocalNode::isAlive);
        if (runs) {
            say(out, "stopping the nodes, then PostgreSQL");
        }
        cluster.close();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void introduce(LocalCluster cluster, PrintWriter out) {
        LocalNode first = cluster.node(1);
        for (LocalNode node : cluster.nodes()) {
            out.printf("%s  %s  process %d  log %s%n", node.name(), node.url(), node.pid(), shown(node.log()));
        }
        out.printf("database  %s%n", cluster.jdbcUrl());
        out.printf("%nOpen any of the pages, or talk: ./baton chat --server %s%n", first.url());
        out.printf("See how its chats go on when a node dies: kill -9 %d%n", first.pid());
        out.printf("Ctrl-C stops all of it.%n%n");
        say(out, "baton cluster ready");
    }

    private void watch(LocalCluster cluster, PrintWriter out) {
        var members = new ClusterMembers(data);
        var screen = new ClusterScreen(out, Boolean.getBoolean(ClusterScreen.TERMINAL));
        CompletableFuture<Void> restarting = CompletableFuture.completedFuture(null);
        while (!isStopping()) {
            screen.show(members.of(cluster.nodes()));
            if (restart && restarting.isDone()) {
                restarting = restartOne(cluster, out);
            }
            pause();
        }
    }

    private CompletableFuture<Void> restartOne(LocalCluster cluster, PrintWriter out) {
        return cluster.nodes().stream()
                .filter(node -> !node.isAlive())
                .findFirst()
                .map(dead -> CompletableFuture.runAsync(() -> restart(cluster, dead, out)))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    private void restart(LocalCluster cluster, LocalNode dead, PrintWriter out) {
        try {
            cluster.restart(dead.number());
        } catch (IllegalStateException refusal) {
            if (!isStopping()) {
                say(out, String.valueOf(refusal.getMessage()));
            }
        }
    }

    private void pause() {
        try {
            stopping.await(REFRESH.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            stopping.countDown();
        }
    }

    private static Path shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
