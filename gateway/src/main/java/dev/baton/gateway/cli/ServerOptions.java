package dev.baton.gateway.cli;

import java.net.URI;
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
            description = "The API token to present (BATON_TOKEN).")
    private @Nullable String token;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    ApiClient client() {
        return new ApiClient(server, token);
    }

    /** For another node of the same cluster. */
    ApiClient client(String url) {
        return new ApiClient(URI.create(url), token);
    }

    boolean json() {
        return json;
    }
}
