package dev.baton.gateway.local;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a node: this Java, the jars that this class came with, and the flags of the launcher. */
final class NodeCommand {
    /** Set by the launcher: what it starts {@code baton up} with. */
    private static final String FLAGS = "baton.node-flags";

    static final String MAIN = "dev.baton.gateway.cli.Main";

    /**
     * An interrupt from the terminal goes to every process that was started from it. A node is stopped by its cluster
     * alone: a second signal on its way down would cut it short.
     */
    private static final List<String> DEAF_TO_THE_TERMINAL =
            List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "baton-node");

    private NodeCommand() {}

    static List<String> of(List<String> flags, List<String> arguments) {
        var command = new ArrayList<String>(DEAF_TO_THE_TERMINAL);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String flag :
                System.getProperty(FLAGS, "-XX:+ExitOnOutOfMemoryError").split("\\s+", -1)) {
            if (!flag.isEmpty()) {
                command.add(flag);
            }
        }
        command.addAll(flags);
        command.addAll(List.of("-cp", jars() + File.separator + "*", MAIN, "up"));
        command.addAll(arguments);
        return command;
    }

    private static Path jars() {
        try {
            Path jar = Path.of(NodeCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            if (!jar.toString().endsWith(".jar")) {
                throw new IllegalStateException(
                        "nodes are started from jars, and " + jar + " is none; build them first");
            }
            return jar.resolveSibling("");
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
