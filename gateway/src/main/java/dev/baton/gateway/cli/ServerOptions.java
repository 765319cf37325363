package dev.baton.gateway.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that talks to a node. */
final class ServerOptions {

    @Option(
            names = "--server",
            paramLabel = "URL",
            defaultValue = "${env:BATON_SERVER:-http://127.0.0.1:8080}",
            description = "The node to talk to (BATON_SERVER; default http://127.0.0.1:8080).")
    private URI server = URI.create("http://127.0.0.1:8080");

    @Option(
            names = "--token",
            paramLabel = "TOKEN",
            defaultValue = "${env:BATON_TOKEN}",
            description =
                    "The API token to present (BATON_TOKEN; default: what a node on this machine left for its user).")
    private @Nullable String token;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "${env:BATON_DATA}",
            description =
                    "Where a node on this machine keeps its token (BATON_DATA; default ./data and ./data/cluster).")
    private @Nullable Path data;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    ApiClient client() {
        return client(server);
    }

    /** For another node of the same cluster. */
    ApiClient client(String url) {
        return client(URI.create(url));
    }

    private ApiClient client(URI at) {
        List<Path> places = data == null ? List.of(Path.of("data"), Path.of("data", "cluster")) : List.of(data);
        return token == null || token.isBlank()
                ? ApiClient.local(at, LocalTokens.of(at, places))
                : new ApiClient(at, token);
    }

    boolean json() {
        return json;
    }
}
