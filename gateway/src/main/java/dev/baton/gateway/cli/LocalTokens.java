package dev.baton.gateway.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The tokens that nodes on this machine have left in their data directories for programs of their user. */
final class LocalTokens {
    private static final String FILE = "local-token";
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    private LocalTokens() {}

    /** Those to try at {@code server}: none unless it is on this machine. {@code data}: where its data may be. */
    static List<String> of(URI server, List<Path> data) {
        boolean isHere = server.getHost() != null && LOOPBACK.contains(server.getHost());
        return isHere ? in(data) : List.of();
    }

    static List<String> in(List<Path> data) {
        var tokens = new ArrayList<String>();
        for (Path directory : data) {
            try {
                tokens.add(Files.readString(directory.resolve(FILE), StandardCharsets.UTF_8)
                        .strip());
            } catch (IOException noneThere) {
                // Then no node has its data here, or not for this user.
            }
        }
        return tokens;
    }
}
