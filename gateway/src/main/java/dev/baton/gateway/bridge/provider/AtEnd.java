package dev.baton.gateway.bridge.provider;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;

/** Passes everything on, and does one thing when its upstream has come to its end; not when it fails or is cancelled. */
final class AtEnd<T> extends GraphStage<FlowShape<T, T>> {
    private final Inlet<T> in = Inlet.create("at-end.in");
    private final Outlet<T> out = Outlet.create("at-end.out");
    private final FlowShape<T, T> shape = FlowShape.of(in, out);
    private final Runnable action;

    AtEnd(Runnable action) {
        this.action = action;
    }

    @Override
    public FlowShape<T, T> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {
        Logic() {
            super(shape);
            setHandlers(in, out, new AbstractInOutHandler() {
                @Override
                public void onPush() {
                    push(out, grab(in));
                }

                @Override
                public void onPull() {
                    pull(in);
                }

                @Override
                public void onUpstreamFinish() {
                    action.run();
                    completeStage();
                }
            });
        }
    }
}
