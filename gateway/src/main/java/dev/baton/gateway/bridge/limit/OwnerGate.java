package dev.baton.gateway.bridge.limit;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.baton.persistence.journal.CborSerializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The one place in the cluster that counts the calls of an owner. It remembers nothing when it moves: nodes tell it again, at
 * their next renewal, which calls are under way, so for that long it may let in more than it should.
 */
final class OwnerGate extends AbstractBehavior<OwnerGate.Command> {
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration IDLE = Duration.ofMinutes(2);

    sealed interface Command {}

    /** {@code lease} names the call; answered once. */
    record Enter(String lease, ActorRef<Answer> replyTo) implements Command, CborSerializable {}

    /** Harmless when repeated. */
    record Leave(String lease) implements Command, CborSerializable {}

    /** These calls are under way. Harmless when repeated. */
    record Renew(List<String> leases) implements Command, CborSerializable {}

    private record Tick() implements Command {}

    private record Idle() implements Command {}

    /** {@code isIn}, or come again after {@code retryAfterMillis}. */
    record Answer(boolean isIn, long retryAfterMillis) implements CborSerializable {}

    private final TimerScheduler<Command> timers;
    private final Clock clock;
    private final Turnstile turnstile;
    private final Map<String, ActorRef<Answer>> waiting = new HashMap<>();

    private OwnerGate(
            ActorContext<Command> context, TimerScheduler<Command> timers, LimitSettings settings, Clock clock) {
        super(context);
        this.timers = timers;
        this.clock = clock;
        this.turnstile = new Turnstile(settings);
        context.setReceiveTimeout(IDLE, new Idle());
    }

    static Behavior<Command> create(LimitSettings settings, Clock clock) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new OwnerGate(context, timers, settings, clock)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Enter.class, this::on)
                .onMessage(Leave.class, this::on)
                .onMessage(Renew.class, this::on)
                .onMessage(Tick.class, tick -> move())
                .onMessage(Idle.class, this::on)
                .build();
    }

    private Behavior<Command> on(Enter enter) {
        Instant now = clock.instant();
        Turnstile.Outcome outcome = turnstile.enter(enter.lease(), now);
        if (outcome instanceof Turnstile.In) {
            enter.replyTo().tell(new Answer(true, 0));
        } else if (outcome instanceof Turnstile.Refused refused) {
            enter.replyTo().tell(new Answer(false, refused.retryAfter().toMillis()));
        } else {
            waiting.put(enter.lease(), enter.replyTo());
            if (!timers.isTimerActive(new Tick())) {
                timers.startTimerWithFixedDelay(new Tick(), TICK);
            }
        }
        return this;
    }

    private Behavior<Command> on(Leave leave) {
        turnstile.leave(leave.lease());
        waiting.remove(leave.lease());
        return move();
    }

    private Behavior<Command> on(Renew renew) {
        turnstile.renew(renew.leases(), clock.instant());
        return this;
    }

    private Behavior<Command> on(Idle idle) {
        return turnstile.isIdle(clock.instant()) ? Behaviors.stopped() : this;
    }

    private Behavior<Command> move() {
        Instant now = clock.instant();
        Turnstile.Moves moves = turnstile.move(now);
        moves.in().forEach(lease -> answer(lease, new Answer(true, 0)));
        moves.tooLate()
                .forEach(lease -> answer(
                        lease, new Answer(false, turnstile.retryAfter(now).toMillis())));
        if (waiting.isEmpty()) {
            timers.cancel(new Tick());
        }
        return this;
    }

    private void answer(String lease, Answer answer) {
        ActorRef<Answer> replyTo = waiting.remove(lease);
        if (replyTo != null) {
            replyTo.tell(answer);
        }
    }
}
