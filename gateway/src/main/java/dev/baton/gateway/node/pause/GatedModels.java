package dev.baton.gateway.node.pause;

import akka.NotUsed;
import akka.stream.javadsl.Source;
import dev.baton.runner.model.ModelClient;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelRequest;
import dev.baton.runner.model.TakeoverMode;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Makes no call, and hands on nothing of those under way, while the gate is closed. */
public record GatedModels(ModelClient models, Gate gate) implements ModelClient {

    @Override
    public Set<TakeoverMode> takeover(String model) {
        return models.takeover(model);
    }

    @Override
    public void abandon(String model, String position) {
        var unused = gate.passed().thenRun(() -> models.abandon(model, position));
    }

    @Override
    public Source<ModelEvent, NotUsed> call(ModelRequest request) {
        return Source.single(request)
                .mapAsync(1, next -> gate.passed().thenApply(done -> next))
                .flatMapConcat(models::call)
                .mapAsync(
                        1,
                        event -> gate.isOpen()
                                ? CompletableFuture.completedFuture(event)
                                : gate.passed().thenApply(done -> event));
    }
}
