package dev.baton.gateway.stream;

import akka.stream.Attributes;
import akka.stream.BidiShape;
import akka.stream.Inlet;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a WebSocket and its connection, where its bytes are, and pings the client at an interval, whatever else is
 * said. A client that says nothing at all for so many pings is gone, or as good as gone, and its connection ends.
 *
 * <p>Pings are counted, not time: when this node itself stands still for a while, its clients get their chance afterwards.
 * A client that does not take what it is told is not pinged, and does not answer, and so ends the same way.
 */
final class Pings extends GraphStage<BidiShape<ByteString, ByteString, ByteString, ByteString>> {
    /** A whole frame: the last of its message, opcode 9, not masked, empty. */
    private static final ByteString PING = ByteString.fromArray(new byte[] {(byte) 0x89, 0});

    private static final int OPCODE = 0x0f;
    private static final int CLOSE = 0x08;

    private final Inlet<ByteString> fromClient = Inlet.create("Pings.fromClient");
    private final akka.stream.Outlet<ByteString> toSocket = akka.stream.Outlet.create("Pings.toSocket");
    private final Inlet<ByteString> fromSocket = Inlet.create("Pings.fromSocket");
    private final akka.stream.Outlet<ByteString> toClient = akka.stream.Outlet.create("Pings.toClient");
    private final BidiShape<ByteString, ByteString, ByteString, ByteString> shape =
            BidiShape.of(fromClient, toSocket, fromSocket, toClient);
    private final Duration interval;
    private final Duration limit;

    /** {@code limit}: how long a client may be silent though it is pinged. */
    Pings(Duration interval, Duration limit) {
        this.interval = interval;
        this.limit = limit;
    }

    @Override
    public BidiShape<ByteString, ByteString, ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {
        private int unanswered;
        private boolean pingIsDue;
        private boolean closing;
        /** A frame that came when a ping had taken its place. */
        private @Nullable ByteString held;

        Logic() {
            super(shape);
            setHandler(fromClient, new AbstractInHandler() {
                @Override
                public void onPush() {
                    unanswered = 0;
                    push(toSocket, grab(fromClient));
                }

                @Override
                public void onUpstreamFinish() {
                    complete(toSocket);
                }
            });
            setHandler(toSocket, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pull(fromClient);
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    cancel(fromClient, cause);
                }
            });
            setHandler(fromSocket, new AbstractInHandler() {
                @Override
                public void onPush() {
                    ByteString frame = grab(fromSocket);
                    closing |= !frame.isEmpty() && (frame.head() & OPCODE) == CLOSE;
                    if (isAvailable(toClient)) {
                        push(toClient, frame);
                    } else {
                        held = frame;
                    }
                }

                @Override
                public void onUpstreamFinish() {
                    if (held == null) {
                        complete(toClient);
                    }
                }
            });
            setHandler(toClient, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    onDemand();
                }

                @Override
                public void onDownstreamFinish(Throwable cause) {
                    cancel(fromSocket, cause);
                }
            });
        }

        @Override
        public void preStart() {
            scheduleWithFixedDelay("ping", interval, interval);
        }

        @Override
        public void onTimer(Object timer) {
            if (interval.multipliedBy(unanswered).compareTo(limit) >= 0) {
                failStage(new Outlet.CutOff("the client answered no ping for " + limit));
                return;
            }
            unanswered++;
            pingIsDue = true;
            if (isAvailable(toClient)) {
                ping();
            }
        }

        /** Nothing may follow a close. */
        private void ping() {
            pingIsDue = false;
            if (!closing) {
                push(toClient, PING);
            }
        }

        private void onDemand() {
            ByteString first = held;
            if (first != null) {
                held = null;
                push(toClient, first);
                if (isClosed(fromSocket)) {
                    complete(toClient);
                }
            } else if (pingIsDue && !closing) {
                ping();
            } else if (!hasBeenPulled(fromSocket)) {
                pull(fromSocket);
            }
        }
    }
}
