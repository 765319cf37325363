package dev.baton.persistence.membership;

import dev.baton.persistence.chat.NodeId;
import java.util.Optional;

/**
 * What a node says of itself.
 *
 * @param httpUrl where clients reach it; empty until it takes requests
 * @param deathPort the port at its address that tells whether this life is still there
 */
public record Presence(NodeId node, int deathPort, NodeState state, Optional<String> httpUrl) {

    public Presence in(NodeState next) {
        return new Presence(node, deathPort, next, httpUrl);
    }

    public Presence at(String url) {
        return new Presence(node, deathPort, state, Optional.of(url));
    }
}
