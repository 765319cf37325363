package dev.baton.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** The command {@code baton bench}: without a name it lists the benchmarks. Exit code 1 = something went wrong. */
@Command(
        name = "baton bench",
        description = "Measures Baton on a cluster of real processes, and prints what clients saw next to the targets.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "NAME",
        subcommands = {
            Takeover.class,
            Handover.class,
            IdleStop.class,
            Rolling.class,
            Growth.class,
            Exactness.class,
            Streaming.class,
            Relaying.class
        })
public final class Main implements Runnable {

    private Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain)
                .execute(args));
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        command.getErr().println("baton bench: " + failure.getMessage());
        if (!(failure instanceof BenchFailure)) {
            failure.printStackTrace(command.getErr());
        }
        return ExitCode.SOFTWARE;
    }
}
