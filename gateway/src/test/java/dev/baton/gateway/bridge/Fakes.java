package dev.baton.gateway.bridge;

import akka.actor.typed.ActorSystem;
import akka.stream.javadsl.Sink;
import com.typesafe.config.ConfigFactory;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelException;
import dev.baton.runner.model.ModelRequest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Bridges to fake providers, and calls of them. */
final class Fakes {

    private Fakes() {}

    static BridgeSettings settings(String bridge) {
        return BridgeSettings.from(ConfigFactory.parseString("baton.bridge {\n" + bridge + "\n}")
                .withFallback(ConfigFactory.defaultReference()));
    }

    static Bridge bridge(ActorSystem<?> system, Clock clock, String bridge) {
        return Bridge.create(system, settings(bridge), clock);
    }

    static List<ModelEvent> run(ActorSystem<?> system, Bridge bridge, ModelRequest request) throws Exception {
        return new ArrayList<>(bridge.call(request)
                .runWith(Sink.seq(), system)
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS));
    }

    /** What the call says before it fails, and how it fails. */
    static Failing fail(ActorSystem<?> system, Bridge bridge, ModelRequest request) throws Exception {
        var events = new ArrayList<ModelEvent>();
        try {
            bridge.call(request)
                    .runWith(Sink.foreach(events::add), system)
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            return new Failing(events, Conversations.modelFailure(failed));
        }
        throw new AssertionError("did not fail: " + events);
    }

    record Failing(List<ModelEvent> events, ModelException exception) {}
}
