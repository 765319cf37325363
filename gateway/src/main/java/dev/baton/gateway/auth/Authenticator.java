package dev.baton.gateway.auth;

import akka.http.javadsl.model.HttpRequest;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Says by its token who sends a request: one of Baton's, or one of the identity provider that is configured. */
final class Authenticator implements Callers {
    private final FixedTokens fixed;
    private final Tokens tokens;
    private final @Nullable OidcTokens oidc;
    private final Callers withoutToken;

    /** {@code withoutToken}: who sends requests that present none. */
    Authenticator(FixedTokens fixed, Tokens tokens, @Nullable OidcTokens oidc, Callers withoutToken) {
        this.fixed = fixed;
        this.tokens = tokens;
        this.oidc = oidc;
        this.withoutToken = withoutToken;
    }

    @Override
    public CompletionStage<Caller> of(HttpRequest request) {
        try {
            Optional<String> token = Presented.in(request);
            return token.isPresent() ? presents(token.get()) : withoutToken.of(request);
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private CompletionStage<Caller> presents(String token) {
        String hash = TokenText.hash(token);
        Optional<Caller> own = fixed.find(hash);
        if (own.isPresent()) {
            return CompletableFuture.completedFuture(own.get());
        }
        if (TokenText.isOne(token)) {
            return tokens.caller(hash);
        }
        if (oidc != null && OidcTokens.isOne(token)) {
            return oidc.caller(token, hash);
        }
        throw Tokens.refused("this is no token, or not all of one");
    }

    /** Where everyone needs a token. */
    static CompletionStage<Caller> nobody(HttpRequest request) {
        return CompletableFuture.failedFuture(
                Tokens.refused("who sends this is not known; send Authorization: Bearer with a token"));
    }
}
