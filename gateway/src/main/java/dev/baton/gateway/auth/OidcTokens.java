package dev.baton.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ErrorCode;
import java.net.MalformedURLException;
import java.net.URL;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the tokens of an identity provider (OpenID Connect) with the keys that it publishes.
 *
 * <p>What was found out of a token is kept for as long as keys are, so that a request costs no signature. Keys are read by
 * threads that may block: when they are old, and when a token names one that is not known, but no more often than the
 * settings allow, whatever strangers send.
 */
final class OidcTokens {
    private static final Logger LOG = LoggerFactory.getLogger(OidcTokens.class);
    private static final int AT_ONCE = 8;
    private static final int WAITING = 256;
    private static final int MAX_KEYS_BYTES = 256 << 10;

    /** How long old keys are used when the identity provider does not answer. */
    private static final Duration OUTAGE = Duration.ofHours(1);

    private final OidcSettings settings;
    private final Clock clock;
    private final Questions questions;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final OidcClaims claims;
    private final Map<String, Checked> checked;

    /** {@code caller}: until {@code until} nothing has to be found out again. */
    private record Checked(Caller caller, Instant until) {}

    /** {@code kept}: how many tokens are remembered. */
    OidcTokens(OidcSettings settings, int kept, Duration limit, Executor blocking, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.questions = new Questions(blocking, AT_ONCE, WAITING, limit);
        this.claims = new OidcClaims(settings);
        this.checked = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Checked> eldest) {
                return size() > kept;
            }
        };
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        Set<JWSAlgorithm> algorithms =
                settings.algorithms().stream().map(JWSAlgorithm::parse).collect(Collectors.toUnmodifiableSet());
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys(settings)));
        processor.setJWTClaimsSetVerifier(new Claims(settings, clock));
    }

    private static JWKSource<SecurityContext> keys(OidcSettings settings) {
        int limit = Math.toIntExact(settings.fetchLimit().toMillis());
        try {
            URL url = settings.keys().toURL();
            return JWKSourceBuilder.create(url, new DefaultResourceRetriever(limit, limit, MAX_KEYS_BYTES))
                    .cache(settings.keysAge().toMillis(), 2L * limit)
                    .refreshAheadCache(false)
                    .rateLimited(settings.keysInterval().toMillis())
                    .outageTolerant(OUTAGE.toMillis())
                    .build();
        } catch (MalformedURLException wrong) {
            throw new IllegalArgumentException(
                    "baton.auth.oidc.jwks-url (" + settings.keys() + ") is no address", wrong);
        }
    }

    /** Issuer, audience and times, by the node's clock. */
    private static final class Claims extends DefaultJWTClaimsVerifier<SecurityContext> {
        private final Clock clock;

        Claims(OidcSettings settings, Clock clock) {
            super(
                    settings.audience(),
                    new JWTClaimsSet.Builder().issuer(settings.issuer()).build(),
                    Set.of("exp"),
                    null);
            this.clock = clock;
            setMaxClockSkew(Math.toIntExact(settings.clockSkew().toSeconds()));
        }

        @Override
        protected Date currentTime() {
            return Date.from(clock.instant());
        }
    }

    /** Whether {@code token} has the form of one. */
    static boolean isOne(String token) {
        return token.chars().filter(character -> character == '.').count() == 2;
    }

    /** {@code hash}: the token's, under which it is remembered. */
    CompletionStage<Caller> caller(String token, String hash) {
        Caller known = known(hash);
        return known != null ? CompletableFuture.completedFuture(known) : questions.ask(() -> check(token, hash));
    }

    private synchronized @Nullable Caller known(String hash) {
        Checked one = checked.get(hash);
        return one != null && clock.instant().isBefore(one.until()) ? one.caller() : null;
    }

    private Caller check(String token, String hash) {
        try {
            Caller caller = claims.caller(processor.process(token, null));
            remember(hash, caller);
            return caller;
        } catch (BadJOSEException | ParseException bad) {
            throw Tokens.refused("the identity provider's token is not accepted: " + bad.getMessage());
        } catch (KeySourceException unreadable) {
            LOG.warn("the keys of {} cannot be read: {}", settings.issuer(), unreadable.getMessage());
            throw new ChatException(
                    ErrorCode.IDENTITY_PROVIDER_UNAVAILABLE,
                    "the keys of the identity provider cannot be read now; try again",
                    unreadable);
        } catch (JOSEException bad) {
            throw Tokens.refused("the identity provider's token cannot be checked");
        }
    }

    private synchronized void remember(String hash, Caller caller) {
        Instant old = clock.instant().plus(settings.keysAge());
        Instant expires = caller.expires();
        checked.put(hash, new Checked(caller, expires != null && expires.isBefore(old) ? expires : old));
    }
}
