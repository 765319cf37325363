package dev.baton.gateway.auth;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Props;
import dev.baton.persistence.token.TokenTable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/** A node's word on who sends requests: all that its doors need of this package. */
public final class Auth {
    /** Of the threads for queries, so many may look up tokens that are not known here; others wait, up to the second. */
    private static final int LOOKUPS = 4;

    private static final int WAITING = 1_000;

    private final Callers callers;
    private final Tokens tokens;
    private final TokenEnds ends;
    private final ActorRef<TokenNews.Command> news;

    private Auth(Callers callers, Tokens tokens, TokenEnds ends, ActorRef<TokenNews.Command> news) {
        this.callers = callers;
        this.tokens = tokens;
        this.ends = ends;
        this.news = news;
    }

    /** Where chance comes from. {@code bytes}: as many as a token is made of. */
    public record Chance(Supplier<byte[]> bytes, Supplier<UUID> ids) {
        /** How many bytes each time. */
        public static final int BYTES = TokenText.RANDOM_BYTES;
    }

    /**
     * Reads or makes the node's own token, which blocks, and begins to listen to what other nodes do with tokens. {@code
     * queries}: threads that may ask {@code table}.
     */
    public static Auth start(
            ActorSystem<?> system,
            AuthSettings settings,
            TokenTable table,
            Executor queries,
            Clock clock,
            Chance chance) {
        Auth auth = of(system, settings, table, queries, clock, chance, new ClusterWord(system)::revoked);
        return new Auth(
                auth.callers,
                auth.tokens,
                auth.ends,
                system.systemActorOf(TokenNews.create(auth.tokens, settings), TokenNews.NAME, Props.empty()));
    }

    /** {@code everywhere}: tells all nodes of a revocation; the answer is those that have not confirmed it. */
    static Auth of(
            ActorSystem<?> system,
            AuthSettings settings,
            TokenTable table,
            Executor queries,
            Clock clock,
            Chance chance,
            Function<UUID, CompletionStage<List<String>>> everywhere) {
        Executor blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
        var ends = new TokenEnds(
                clock, (delay, work) -> system.scheduler().scheduleOnce(delay, work, system.executionContext()));
        var tokens = new Tokens(
                table,
                new Questions(queries, LOOKUPS, WAITING, settings.answerLimit()),
                new Questions(queries, LOOKUPS, WAITING, settings.answerLimit()),
                settings.cachedTokens(),
                ends,
                everywhere,
                clock,
                chance.ids(),
                chance.bytes());
        Optional<String> own = settings.localToken().map(file -> new LocalTokenFile(file).token(chance.bytes()));
        Callers withoutToken = settings.open()
                ? new LocalAccess(
                        ConnectionUsers.ofThisMachine(),
                        blocking,
                        settings.localHosts(),
                        new Origins(settings.origins()))
                : Authenticator::nobody;
        var oidc = settings.oidc()
                .map(issuer -> new OidcTokens(issuer, settings.cachedTokens(), settings.answerLimit(), blocking, clock))
                .orElse(null);
        var callers = new Authenticator(new FixedTokens(own, settings.operatorToken()), tokens, oidc, withoutToken);
        return new Auth(callers, tokens, ends, system.ignoreRef());
    }

    public Callers callers() {
        return callers;
    }

    public Tokens tokens() {
        return tokens;
    }

    public TokenEnds ends() {
        return ends;
    }

    /** Without it revocations by other nodes are not heard. */
    public ActorRef<?> news() {
        return news;
    }

    /** Writes when tokens were used last; what cannot be written is lost. */
    public CompletionStage<Done> close() {
        Map<UUID, Instant> uses = tokens.uses().take();
        if (uses.isEmpty()) {
            return CompletableFuture.completedFuture(Done.getInstance());
        }
        return tokens.questions()
                .ask(() -> {
                    tokens.table().used(uses);
                    return Done.getInstance();
                })
                .exceptionally(lost -> Done.getInstance());
    }
}
