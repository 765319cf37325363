package dev.baton.gateway.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whoever sends a request. Chats that it makes belong to {@code owner}.
 *
 * @param token which token it presented, by a name that is no secret; each token has another
 * @param expires when the token is none any more
 */
public record Caller(
        String owner, Role role, String token, @Nullable Instant expires) {
    /** The one who sits at the machine. */
    public static final Caller LOCAL = new Caller("local", Role.OPERATOR, "local", null);

    /** Whoever asks for what everybody may see. It owns nothing. */
    public static final Caller NOBODY = new Caller("", Role.USER, "none", null);

    public boolean isOperator() {
        return role == Role.OPERATOR;
    }

    /** Whether what belongs to {@code someone} is there for this caller at all. */
    public boolean reaches(String someone) {
        return isOperator() || owner.equals(someone);
    }
}
