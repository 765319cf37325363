package dev.baton.gateway.bridge.provider;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;

/**
 * Passes everything on but cancellation: what is cancelled below simply asks for nothing more. It ends when its upstream
 * does.
 */
final class IgnoreCancel<T> extends GraphStage<FlowShape<T, T>> {
    private final Inlet<T> in = Inlet.create("ignore-cancel.in");
    private final Outlet<T> out = Outlet.create("ignore-cancel.out");
    private final FlowShape<T, T> shape = FlowShape.of(in, out);

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
                    T element = grab(in);
                    if (!isClosed(out)) {
                        push(out, element);
                    }
                }

                @Override
                public void onPull() {
                    pull(in);
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    // the end of the other direction says why, and ends this one
                }
            });
        }
    }
}
