package dev.baton.gateway.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code baton}: exit code 0 done, 1 refused or failed, 2 wrong usage. */
@Command(
        name = "baton",
        description = "AI chats that outlive the machine they run on.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            ClusterCommand.class,
            TalkCommand.class,
            ChatsCommand.class,
            ShowCommand.class,
            InterruptCommand.class,
            DoctorCommand.class,
            NodesCommand.class,
            LeaveCommand.class,
            TakeoversCommand.class,
            TokenCommand.class,
            UsageCommand.class,
            RehearseCommand.class
        })
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        int code = commandLine().execute(args);
        if (code != UpCommand.RUNNING) {
            System.exit(code);
        }
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Main::explain);
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
        String text = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        command.getErr().println(command.getColorScheme().errorText("baton: " + text));
        if (!(failure instanceof CommandFailed)) {
            failure.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
