package dev.baton.gateway.node;

import akka.Done;
import dev.baton.gateway.bridge.AroundRelays;
import dev.baton.gateway.bridge.ModelTarget;
import dev.baton.gateway.bridge.RelayRequest;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps account of calls in memory. */
final class Accounts implements AroundRelays {
    private final List<String> ends = new ArrayList<>();
    private int begun;

    @Override
    public synchronized CompletionStage<Account> begin(ModelTarget target, RelayRequest request) {
        begun++;
        return CompletableFuture.completedFuture(new One());
    }

    /** How many have not ended. */
    synchronized int open() {
        return begun - ends.size();
    }

    /** How they ended, in that order. */
    synchronized List<String> ends() {
        return List.copyOf(ends);
    }

    private synchronized void end(String how) {
        ends.add(how);
    }

    /** The first end counts. */
    private final class One implements Account {
        private boolean over;

        private void over(String how) {
            if (!over) {
                over = true;
                end(how);
            }
        }

        @Override
        public CompletionStage<Done> ended(Usage all) {
            over("whole, said " + all.outputTokens());
            return CompletableFuture.completedFuture(Done.getInstance());
        }

        @Override
        public void failed(ModelException failure) {
            over("failed");
        }

        @Override
        public void cancelled() {
            over("cancelled");
        }
    }
}
