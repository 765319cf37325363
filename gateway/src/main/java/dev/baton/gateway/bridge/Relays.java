package dev.baton.gateway.bridge;

import akka.Done;
import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import dev.baton.gateway.bridge.health.Health;
import dev.baton.gateway.bridge.limit.OwnerLimits;
import dev.baton.runner.model.ModelException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The requests that are passed on and not over yet. */
final class Relays {
    private static final Duration LOOK = Duration.ofMillis(250);

    private final ActorSystem<?> system;
    private final Health health;
    private final BridgeMeter meter;
    private final OwnerLimits limits;
    private final AroundRelays around;
    private final Set<RelayCall> open = ConcurrentHashMap.newKeySet();
    private final Cancellable looking;

    Relays(ActorSystem<?> system, Health health, BridgeMeter meter, OwnerLimits limits, AroundRelays around) {
        this.system = system;
        this.health = health;
        this.meter = meter;
        this.limits = limits;
        this.around = around;
        this.looking = system.scheduler().scheduleWithFixedDelay(LOOK, LOOK, this::look, system.executionContext());
    }

    /** Begins to pass {@code request} on; {@code watch} is given what completes when something of it is gone. */
    Relay begin(Setup setup, Route route, RelayRequest request, Consumer<CompletionStage<Done>> watch) {
        var relay = new RelayCall(setup, request, new Candidates(setup, route, health, meter), around, system, watch);
        open.add(relay);
        relay.over().thenRun(() -> open.remove(relay));
        if (limits == OwnerLimits.NONE) {
            relay.start();
        } else {
            var unused = limits.enter(request.client().owner()).thenAccept(room -> begin(relay, room));
        }
        return relay;
    }

    private static void begin(RelayCall relay, OwnerLimits.Room room) {
        if (room instanceof OwnerLimits.Entered entered) {
            relay.over().thenRun(entered.leave());
            relay.start();
        } else if (room instanceof OwnerLimits.Full full) {
            relay.refuse(Refusals.noRoom(full.retryAfter()));
        }
    }

    private void look() {
        long now = System.nanoTime();
        open.forEach(relay -> relay.look(now));
    }

    void giveUpAll(ModelException why) {
        open.forEach(relay -> relay.giveUp(why));
    }

    void close() {
        looking.cancel();
    }
}
