package dev.baton.docs.process;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How to start a class of the product, or of its tests, in a JVM of its own. */
final class JavaCommand {
    static final Path JARS = Path.of("..", "gateway", "target", "lib");
    private static final Path JARS_OF_LOCAL_CLUSTERS = Path.of("..", "gateway", "target", "local-lib");

    private JavaCommand() {}

    /** From the packaged jars, as a user does. */
    static List<String> of(String mainClass) {
        return command(everyJarIn(JARS), mainClass);
    }

    /** From the packaged jars and what a local cluster needs besides. */
    static List<String> ofLocalCluster(String mainClass) {
        return command(everyJarIn(JARS) + File.pathSeparator + everyJarIn(JARS_OF_LOCAL_CLUSTERS), mainClass);
    }

    /** From this test's class path. */
    static List<String> ofTests(String mainClass) {
        return command(System.getProperty("java.class.path"), mainClass);
    }

    static String everyJarIn(Path directory) {
        return directory.toAbsolutePath().normalize() + File.separator + "*";
    }

    private static List<String> command(String classPath, String mainClass) {
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m"));
        command.addAll(ClassArchive.flags());
        command.addAll(List.of("-cp", classPath, mainClass));
        return List.copyOf(command);
    }
}
