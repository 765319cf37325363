package dev.baton.gateway.auth;

/** Ends tokens for tests of whoever works in their name. */
public final class Endings {

    private Endings() {}

    public static void revoke(TokenEnds ends, String token) {
        ends.revoke(token);
    }
}
