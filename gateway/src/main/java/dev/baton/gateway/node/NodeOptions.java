package dev.baton.gateway.node;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line says about a node; absent values are left to the configuration. */
public record NodeOptions(
        @Nullable Integer port,
        @Nullable Path data,
        @Nullable String database,
        @Nullable Path config,
        @Nullable Integer clusterPort,
        List<String> seeds) {
    public NodeOptions {
        seeds = List.copyOf(seeds);
    }
}
