package dev.baton.gateway.http;

import akka.http.javadsl.model.HttpRequest;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import dev.baton.gateway.auth.Peer;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/**
 * Stands where a connection's requests come in. Told to leave it lets no more of them through: those under way are
 * answered, and with the last answer Akka HTTP flushes and closes the connection. It ends when that has happened, so what
 * it counts is open connections, not open requests. A connection that became a WebSocket is no longer its business.
 */
final class ConnectionGate extends GraphStage<FlowShape<HttpRequest, HttpRequest>> {
    private final Inlet<HttpRequest> in = Inlet.create("ConnectionGate.in");
    private final Outlet<HttpRequest> out = Outlet.create("ConnectionGate.out");
    private final FlowShape<HttpRequest, HttpRequest> shape = FlowShape.of(in, out);
    private final Connections connections;
    private final CompletionStage<InetSocketAddress> here;

    /** {@code here}: where the connections are accepted. */
    ConnectionGate(Connections connections, CompletionStage<InetSocketAddress> here) {
        this.connections = connections;
        this.here = here;
    }

    @Override
    public FlowShape<HttpRequest, HttpRequest> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Gate();
    }

    private final class Gate extends GraphStageLogic implements Connections.Connection {
        private final AsyncCallback<String> leave = createAsyncCallback(told -> onLeave());
        private final Peer peer = new Peer(here);
        private volatile String last = "nothing yet";

        Gate() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    HttpRequest request = grab(in);
                    if (isClosed(out)) {
                        // It came when this side had already said that it closes; its sender has to send it again.
                        completeStage();
                        return;
                    }
                    last = request.method().name() + " " + request.getUri().getPathString();
                    push(out, request.addAttribute(Peer.KEY, peer));
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
            connections.opened(this);
        }

        @Override
        public void postStop() {
            connections.closed(this);
        }

        @Override
        public void leave() {
            leave.invoke("leave");
        }

        @Override
        public String name() {
            return last;
        }

        private void onLeave() {
            if (isClosed(out)) {
                return;
            }
            complete(out);
            // Without a pull the end of the connection would not be seen.
            if (!isClosed(in) && !hasBeenPulled(in)) {
                pull(in);
            }
        }
    }
}
