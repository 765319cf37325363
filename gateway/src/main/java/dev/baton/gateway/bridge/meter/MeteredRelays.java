package dev.baton.gateway.bridge.meter;

import akka.Done;
import dev.baton.gateway.bridge.AroundRelays;
import dev.baton.gateway.bridge.ModelTarget;
import dev.baton.gateway.bridge.RelayRequest;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.ledger.Asker;
import dev.baton.persistence.ledger.Target;
import dev.baton.runner.model.ModelException;
import java.util.concurrent.CompletionStage;

/** Meters requests that are passed on, each call of a target by itself. */
public record MeteredRelays(Meter meter) implements AroundRelays {

    @Override
    public CompletionStage<Account> begin(ModelTarget target, RelayRequest request) {
        if (request.below().startsWith("/")) {
            // Below the dialect's path tokens are counted, which asks no model and costs nothing.
            return NOTHING.begin(target, request);
        }
        RelayRequest.Client client = request.client();
        var opening = new Opening(
                new Asker(client.owner(), client.token(), client.door(), null, null),
                new Target(
                        request.model(),
                        target.provider(),
                        target.model(),
                        target.settings().price()),
                request.body().prompt(),
                request.body()::length,
                request.body().mostOutput());
        return meter.begin(opening).thenApply(Metered::new);
    }

    private record Metered(MeteredCall call) implements Account {
        @Override
        public void used(Usage soFar) {
            call.used(soFar);
        }

        @Override
        public CompletionStage<Done> ended(Usage all) {
            return call.ended(all);
        }

        @Override
        public void failed(ModelException failure) {
            var unused = call.failed(failure.failure());
        }

        @Override
        public void cancelled() {
            var unused = call.cancelled();
        }
    }
}
