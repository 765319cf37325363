package dev.baton.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.baton.persistence.chat.ChatException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OidcTokensTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final JWK KEY = TestIssuer.rsa("one");
    private static final JWK NEXT = TestIssuer.rsa("two");
    private static final JWK CURVE = TestIssuer.ec("three");
    private static final String ISSUER = "https://id.example.com";

    private final TestIssuer issuer = new TestIssuer();
    private final OidcTokens tokens = tokens(settings("sub", ""));

    OidcTokensTest() throws IOException {
        issuer.published = List.of(KEY, CURVE);
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void letsInWhomTheIssuerVouchesFor() {
        assertThat(caller(token(claims -> claims)))
                .isEqualTo(new Caller("ada", Role.USER, "oidc:ada", NOON.plusSeconds(60 + 30)));
        assertThat(outcome(TestIssuer.sign(CURVE, JWSAlgorithm.ES256, claims().build())))
                .isEqualTo("ada");
    }

    @Test
    void takesOwnersAndRolesFromTheClaimsThatAreNamed() {
        OidcTokens mapped = tokens(settings("user.name", "sso:"));
        Caller caller = mapped.caller(
                        token(claims -> claims.claim("user", Map.of("name", "ada"))
                                .claim("realm", Map.of("roles", List.of("other", "baton-operator")))),
                        "h")
                .toCompletableFuture()
                .join();
        assertThat(caller.owner()).isEqualTo("sso:ada");
        assertThat(caller.role()).isEqualTo(Role.OPERATOR);
    }

    @Test
    void refusesWhatIsForOthersOrTooOldOrNotYet() {
        assertThat(outcome(token(claims -> claims.issuer("https://other.example"))))
                .contains("iss");
        assertThat(outcome(token(claims -> claims.audience("other")))).contains("aud");
        assertThat(outcome(token(claims -> claims.audience((String) null)))).contains("aud");
        assertThat(outcome(token(claims -> claims.expirationTime(null)))).contains("exp");
        assertThat(outcome(token(claims -> claims.expirationTime(date(-31))))).contains("xpired");
        assertThat(outcome(token(claims -> claims.notBeforeTime(date(31))))).contains("before");
        assertThat(outcome(token(claims -> claims.subject(null)))).contains("sub");
    }

    @Test
    void allowsClocksToDifferALittle() {
        assertThat(outcome(token(claims -> claims.expirationTime(date(-29))))).isEqualTo("ada");
        assertThat(outcome(token(claims -> claims.notBeforeTime(date(29))))).isEqualTo("ada");
    }

    @Test
    void letsNobodyBeWhoSitsAtTheMachine() {
        assertThat(outcome(token(claims -> claims.subject("local")))).contains("can be no owner");
        assertThat(outcome(token(claims -> claims.subject("a\nb")))).contains("can be no owner");
    }

    @Test
    void refusesWhatNobodyHasSigned() {
        assertThat(outcome(new PlainJWT(claims().build()).serialize())).contains("not accepted");
        String signed = token(claims -> claims);
        assertThat(outcome(signed.substring(0, signed.lastIndexOf('.') + 1))).contains("not accepted");
        assertThat(outcome(TestIssuer.sign(TestIssuer.rsa("one"), JWSAlgorithm.RS256, claims().build())))
                .contains("not accepted");
        assertThat(outcome("a.b.c")).contains("not accepted");
    }

    @Test
    void refusesAlgorithmsThatAreNotAllowedAboveAllWithThePublicKeyAsASecret() throws JOSEException {
        assertThat(outcome(TestIssuer.sign(KEY, JWSAlgorithm.RS512, claims().build())))
                .contains("not accepted");
        byte[] publicKey = KEY.toRSAKey().toPublicKey().getEncoded();
        String forged = TestIssuer.sign(
                new MACSigner(publicKey),
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .keyID("one")
                        .type(JOSEObjectType.JWT)
                        .build(),
                claims().build());
        assertThat(outcome(forged)).contains("not accepted");
    }

    @Test
    void readsKeysOnceAndAgainWhenTheyAreChanged() {
        for (int i = 0; i < 10; i++) {
            int second = i;
            assertThat(outcome(token(claims -> claims.issueTime(date(-second)))))
                    .isEqualTo("ada");
        }
        assertThat(issuer.reads).hasValue(1);
        issuer.published = List.of(NEXT);
        assertThat(outcome(TestIssuer.sign(NEXT, JWSAlgorithm.RS256, claims().build())))
                .isEqualTo("ada");
        assertThat(issuer.reads).hasValue(2);
        assertThat(outcome(token(claims -> claims.jwtID("other")))).contains("not accepted");
    }

    @Test
    void remembersATokenForAWhile() {
        String token = token(claims -> claims);
        assertThat(outcome(token)).isEqualTo("ada");
        issuer.published = List.of();
        assertThat(outcome(token)).isEqualTo("ada");
        assertThat(issuer.reads).hasValue(1);
    }

    @Test
    void saysWhenTheKeysCannotBeRead() {
        issuer.away = true;
        assertThat(outcome(token(claims -> claims))).contains("cannot be read now");
        issuer.away = false;
        assertThat(outcome(token(claims -> claims))).isEqualTo("ada");
    }

    private static Date date(int seconds) {
        return Date.from(NOON.plusSeconds(seconds));
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer(ISSUER)
                .audience("baton")
                .subject("ada")
                .expirationTime(date(60));
    }

    private static String token(UnaryOperator<JWTClaimsSet.Builder> change) {
        return TestIssuer.sign(KEY, JWSAlgorithm.RS256, change.apply(claims()).build());
    }

    private Caller caller(String token) {
        return tokens.caller(token, TokenText.hash(token)).toCompletableFuture().join();
    }

    /** The owner, or why there is none; the token itself is in no refusal. */
    private String outcome(String token) {
        try {
            return caller(token).owner();
        } catch (CompletionException refused) {
            String text =
                    Objects.requireNonNull((ChatException) refused.getCause()).text();
            assertThat(text).doesNotContain(token);
            return text;
        }
    }

    private OidcTokens tokens(OidcSettings settings) {
        return new OidcTokens(settings, 100, Duration.ofSeconds(30), Runnable::run, Clock.fixed(NOON, ZoneOffset.UTC));
    }

    private OidcSettings settings(String ownerClaim, String prefix) {
        return new OidcSettings(
                ISSUER,
                issuer.keys(),
                Set.of("baton"),
                Set.of("RS256", "ES256"),
                Duration.ofSeconds(30),
                ownerClaim,
                prefix,
                "realm.roles",
                Set.of("baton-operator"),
                Set.of(),
                Duration.ofMinutes(5),
                Duration.ofMillis(1),
                Duration.ofSeconds(3));
    }
}
