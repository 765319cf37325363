package dev.baton.runner.model;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the streams that have begun and not ended; a stream counts as ended before the actor that ran it does. */
final class OpenCalls extends GraphStage<FlowShape<ModelEvent, ModelEvent>> {
    private final Inlet<ModelEvent> in = Inlet.create("in");
    private final Outlet<ModelEvent> out = Outlet.create("out");
    private final FlowShape<ModelEvent, ModelEvent> shape = FlowShape.of(in, out);
    private final AtomicInteger open = new AtomicInteger();

    int count() {
        return open.get();
    }

    @Override
    public FlowShape<ModelEvent, ModelEvent> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Counted();
    }

    private final class Counted extends GraphStageLogic {
        Counted() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    push(out, grab(in));
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pull(in);
                }
            });
        }

        @Override
        public void preStart() {
            open.incrementAndGet();
        }

        @Override
        public void postStop() {
            open.decrementAndGet();
        }
    }
}
