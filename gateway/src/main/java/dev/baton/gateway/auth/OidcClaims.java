package dev.baton.gateway.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.baton.persistence.chat.ChatException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a caller of what an identity provider says of someone. */
final class OidcClaims {
    private static final Pattern OWNER = Pattern.compile("[^\\p{Cntrl}]{1,200}");

    private final OidcSettings settings;

    OidcClaims(OidcSettings settings) {
        this.settings = settings;
    }

    /** {@code claims}: checked already. */
    Caller caller(JWTClaimsSet claims) {
        Role role = role(texts(at(claims.getClaims(), settings.roleClaim())));
        Object named = at(claims.getClaims(), settings.ownerClaim());
        if (!(named instanceof String name) || name.isBlank()) {
            throw refused("the claim " + settings.ownerClaim() + " is no text");
        }
        String owner = settings.ownerPrefix() + name;
        // That is who sits at the machine; no identity provider may say so of anyone.
        if (!OWNER.matcher(owner).matches() || owner.equals(Caller.LOCAL.owner())) {
            throw refused("the claim " + settings.ownerClaim() + " can be no owner of chats");
        }
        Instant expires = claims.getExpirationTime().toInstant().plus(settings.clockSkew());
        return new Caller(owner, role, "oidc:" + owner, expires);
    }

    private Role role(Set<String> roles) {
        if (roles.stream().anyMatch(settings.operatorRoles()::contains)) {
            return Role.OPERATOR;
        }
        if (settings.userRoles().isEmpty() || roles.stream().anyMatch(settings.userRoles()::contains)) {
            return Role.USER;
        }
        throw refused("it has none of the roles that are let in");
    }

    /** {@code path}: the names of claims in claims, with dots between them. */
    private static @Nullable Object at(Map<String, Object> claims, String path) {
        if (claims.containsKey(path)) {
            return claims.get(path);
        }
        Object value = claims;
        for (String name : path.split("\\.", -1)) {
            value = value instanceof Map<?, ?> inner ? inner.get(name) : null;
        }
        return value;
    }

    /** A list, or one text with blanks between, as in {@code scope}. */
    private static Set<String> texts(@Nullable Object claim) {
        var texts = new HashSet<String>();
        if (claim instanceof Collection<?> list) {
            list.forEach(each -> texts.add(String.valueOf(each)));
        }
        Optional.ofNullable(claim)
                .filter(String.class::isInstance)
                .ifPresent(text -> texts.addAll(Arrays.asList(text.toString().split(" ", -1))));
        return texts;
    }

    private static ChatException refused(String reason) {
        return Tokens.refused("the identity provider's token is not accepted: " + reason);
    }
}
