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
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletionStage;

/**
 * Stands where a connection's requests come in. Told to leave it lets no more of them through: those under way are
 * answered, and with the last answer Akka HTTP flushes and closes the connection. It ends when that has happened, so what
 * it counts is open connections, not open requests. A connection that became a WebSocket is no longer its business.
 *
 * <p>Whoever waits with an answer can have it look out for the client's {@link Departure}.
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
        private final AsyncCallback<String> watch = createAsyncCallback(told -> onWatch());
        private final Peer peer = new Peer(here);
        private final Deque<HttpRequest> ahead = new ArrayDeque<>();
        private Departure departure = new Departure(() -> {});
        private boolean leaving;
        private volatile String last = "nothing yet";

        Gate() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    onRequest(grab(in));
                }

                @Override
                public void onUpstreamFinish() {
                    departure.happened();
                    if (ahead.isEmpty()) {
                        completeStage();
                    }
                }

                @Override
                public void onUpstreamFailure(Throwable broken) {
                    departure.happened();
                    failStage(broken);
                }
            });
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    next();
                }

                @Override
                public void onDownstreamFinish(Throwable broken) {
                    departure.happened();
                    cancelStage(broken);
                }
            });
        }

        private void onRequest(HttpRequest request) {
            if (isClosed(out)) {
                // It came when this side had already said that it closes; its sender has to send it again.
                completeStage();
            } else if (isAvailable(out)) {
                pass(request);
            } else {
                ahead.add(request);
            }
        }

        private void pass(HttpRequest request) {
            last = request.method().name() + " " + request.getUri().getPathString();
            departure = new Departure(() -> watch.invoke("watch"));
            push(out, request.addAttribute(Peer.KEY, peer).addAttribute(Departure.KEY, departure));
        }

        /** The request before has its answer, or the beginning of one. */
        private void next() {
            HttpRequest request = ahead.poll();
            if (request != null) {
                pass(request);
            }
            if (request != null && isClosed(in)) {
                departure.happened();
                completeStage();
            } else if (request == null && leaving) {
                end();
            } else if (request == null && !hasBeenPulled(in)) {
                pull(in);
            }
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

        /** Reads on while a request waits for its answer: what comes is the end, or one request to be kept for later. */
        private void onWatch() {
            if (!isClosed(in) && !hasBeenPulled(in) && ahead.isEmpty()) {
                pull(in);
            }
        }

        private void onLeave() {
            leaving = true;
            if (isAvailable(out)) {
                end();
            }
        }

        private void end() {
            complete(out);
            // Without a pull the end of the connection would not be seen.
            if (!isClosed(in) && !hasBeenPulled(in)) {
                pull(in);
            }
        }
    }
}
