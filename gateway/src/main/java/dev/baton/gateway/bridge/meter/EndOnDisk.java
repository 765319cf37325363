package dev.baton.gateway.bridge.meter;

import akka.Done;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import dev.baton.runner.model.ModelEvent;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Passes events on as they are asked for, and holds back that an answer is whole until that is on disk.
 *
 * <p>It keeps nothing else, so that a failure overtakes nothing that came before it.
 */
final class EndOnDisk extends GraphStage<FlowShape<ModelEvent, ModelEvent>> {
    private final Inlet<ModelEvent> in = Inlet.create("metered.in");
    private final Outlet<ModelEvent> out = Outlet.create("metered.out");
    private final FlowShape<ModelEvent, ModelEvent> shape = FlowShape.of(in, out);
    private final Consumer<ModelEvent> hear;
    private final Function<ModelEvent.Finished, CompletionStage<Done>> end;

    /** {@code hear}: of all events but the last, which {@code end} writes down. */
    EndOnDisk(Consumer<ModelEvent> hear, Function<ModelEvent.Finished, CompletionStage<Done>> end) {
        this.hear = hear;
        this.end = end;
    }

    @Override
    public FlowShape<ModelEvent, ModelEvent> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {
        private final AsyncCallback<Done> written = createAsyncCallback(done -> release());
        private ModelEvent.@Nullable Finished held;
        private boolean over;

        Logic() {
            super(shape);
            setHandlers(in, out, new AbstractInOutHandler() {
                @Override
                public void onPush() {
                    take(grab(in));
                }

                @Override
                public void onPull() {
                    pull(in);
                }

                @Override
                public void onUpstreamFinish() {
                    over = true;
                    if (held == null) {
                        completeStage();
                    }
                }

                /** What fails after the answer is whole is not the answer. */
                @Override
                public void onUpstreamFailure(Throwable failure) {
                    over = true;
                    if (held == null) {
                        failStage(failure);
                    }
                }
            });
        }

        private void take(ModelEvent event) {
            if (event instanceof ModelEvent.Finished finished) {
                held = finished;
                var unused = end.apply(finished).whenComplete((done, failure) -> written.invoke(Done.getInstance()));
            } else {
                hear.accept(event);
                push(out, event);
            }
        }

        private void release() {
            ModelEvent.Finished whole = held;
            held = null;
            if (whole != null) {
                push(out, whole);
            }
            if (over) {
                completeStage();
            }
        }
    }
}
