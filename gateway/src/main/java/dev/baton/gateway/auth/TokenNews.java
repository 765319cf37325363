package dev.baton.gateway.auth;

import akka.actor.DeadLetterSuppression;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.baton.persistence.journal.CborSerializable;
import dev.baton.persistence.token.RevokedTokens;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Brings what other nodes did with tokens to this one, and writes when tokens were used.
 *
 * <p>Who revokes a token tells all nodes. Whoever did not hear it finds it in the database, at the latest after the interval
 * at which this looks.
 */
public final class TokenNews extends AbstractOnMessageBehavior<TokenNews.Command> {
    /** The name under which each node's is a system actor. */
    public static final String NAME = "tokens";

    /** What it can be told. */
    public sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(TokenNews news);
    }

    /** {@code token} is revoked. Harmless again. */
    public record Revoked(UUID token, ActorRef<Heard> replyTo) implements Command, CborSerializable {
        @Override
        public Behavior<Command> deliverTo(TokenNews news) {
            return news.on(this);
        }
    }

    /** Nothing is done in the name of {@code token} any more. */
    public record Heard(UUID token) implements CborSerializable, DeadLetterSuppression {}

    record LookNow() implements Command {
        @Override
        public Behavior<Command> deliverTo(TokenNews news) {
            return news.on(this);
        }
    }

    record Looked(@Nullable RevokedTokens revoked, @Nullable Throwable failure) implements Command {
        @Override
        public Behavior<Command> deliverTo(TokenNews news) {
            return news.on(this);
        }
    }

    record WriteNow() implements Command {
        @Override
        public Behavior<Command> deliverTo(TokenNews news) {
            return news.on(this);
        }
    }

    record Written(@Nullable Throwable failure) implements Command {
        @Override
        public Behavior<Command> deliverTo(TokenNews news) {
            return news.on(this);
        }
    }

    private final ActorContext<Command> context;
    private final Tokens tokens;
    private @Nullable Instant lookedAt;
    private boolean looking;
    private boolean lookAgain;
    private boolean looksFail;

    private TokenNews(ActorContext<Command> context, Tokens tokens) {
        super(context);
        this.context = context;
        this.tokens = tokens;
    }

    static Behavior<Command> create(Tokens tokens, AuthSettings settings) {
        return Behaviors.setup(context -> Behaviors.withTimers((TimerScheduler<Command> timers) -> {
            context.getSelf().tell(new LookNow());
            timers.startTimerWithFixedDelay(new LookNow(), settings.recheckInterval());
            timers.startTimerWithFixedDelay(new WriteNow(), settings.useInterval());
            return new TokenNews(context, tokens);
        }));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    Behavior<Command> on(Revoked revoked) {
        tokens.heard(revoked.token());
        revoked.replyTo().tell(new Heard(revoked.token()));
        return this;
    }

    Behavior<Command> on(LookNow now) {
        if (looking) {
            lookAgain = true;
        } else {
            look();
        }
        return this;
    }

    private void look() {
        looking = true;
        lookAgain = false;
        Instant since = lookedAt;
        context.pipeToSelf(tokens.questions().ask(() -> tokens.table().revokedSince(since)), Looked::new);
    }

    /** Once for each time that it fails; the database's absence is no news for the log each few seconds. */
    Behavior<Command> on(Looked looked) {
        looking = false;
        RevokedTokens revoked = looked.revoked();
        if (revoked == null) {
            if (!looksFail) {
                context.getLog()
                        .warn(
                                "which tokens were revoked cannot be read ({}); trying again",
                                String.valueOf(looked.failure()));
            }
            looksFail = true;
            return this;
        }
        looksFail = false;
        lookedAt = revoked.upTo();
        revoked.ids().forEach(tokens::heard);
        if (lookAgain) {
            look();
        }
        return this;
    }

    Behavior<Command> on(WriteNow now) {
        Map<UUID, Instant> uses = tokens.uses().take();
        if (!uses.isEmpty()) {
            context.pipeToSelf(
                    tokens.questions().ask(() -> {
                        tokens.table().used(uses);
                        return uses.size();
                    }),
                    (count, failure) -> new Written(failure));
        }
        return this;
    }

    /** A use that is lost shows as an older one. */
    Behavior<Command> on(Written written) {
        if (written.failure() != null) {
            context.getLog()
                    .debug(
                            "when tokens were used cannot be written: {}",
                            written.failure().toString());
        }
        return this;
    }
}
