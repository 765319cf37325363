package dev.baton.bench;

import java.util.List;

/** What a cut does to the answer that clients were being shown. */
enum Expected {
    /** It goes on where it was, as the simulated model can: no client forgets anything. */
    CONTINUE,
    /** It begins again: each client that has seen some of it is told to forget that, once for each cut. */
    RESTART;

    /** What nodes are started with so that their model does so. */
    List<String> nodeFlags() {
        return this == CONTINUE
                ? List.of()
                : List.of("-Dbaton.bridge.providers.simulated.models.default.takeover=restart");
    }
}
