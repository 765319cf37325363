package dev.baton.gateway.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens that a node knows from its start: its own, and the one it is configured with. They open everything. */
final class FixedTokens {
    private final List<Fixed> all = new ArrayList<>();

    private record Fixed(String hash, Caller caller) {}

    FixedTokens(Optional<String> local, Optional<Secret> configured) {
        local.ifPresent(token -> add(token, new Caller(Caller.LOCAL.owner(), Role.OPERATOR, "local-token", null)));
        configured.ifPresent(token -> add(token.text(), new Caller("operator", Role.OPERATOR, "operator-token", null)));
    }

    private void add(String token, Caller caller) {
        all.add(new Fixed(TokenText.hash(token), caller));
    }

    /** By the token's hash. Takes as long for a hash that is nearly right as for any other. */
    Optional<Caller> find(String hash) {
        byte[] presented = bytes(hash);
        Optional<Caller> found = Optional.empty();
        for (Fixed one : all) {
            if (MessageDigest.isEqual(bytes(one.hash()), presented)) {
                found = Optional.of(one.caller());
            }
        }
        return found;
    }

    private static byte[] bytes(String hash) {
        return hash.getBytes(StandardCharsets.US_ASCII);
    }
}
