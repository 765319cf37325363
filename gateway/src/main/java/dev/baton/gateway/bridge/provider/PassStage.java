package dev.baton.gateway.bridge.provider;

import akka.Done;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Passes a stream of events on as it is and reads along. Bytes are asked for only when those before were taken.
 *
 * <p>A stream that ends before its answer does never ends cleanly: it fails when nothing of it was passed on yet, so that it
 * can be asked for elsewhere, and else it has an error for its last event. The last event of a whole answer is held back
 * until whoever keeps account of it lets it go.
 */
public final class PassStage extends GraphStage<FlowShape<ByteString, ByteString>> {
    private static final int MAX_EVENT = 16 << 20;

    /** How long, and for how many bytes, it reads on when all was said, so that the connection can be kept. */
    private static final Duration REST_LIMIT = Duration.ofSeconds(1);

    private static final int MOST_REST = 1 << 16;

    private final Inlet<ByteString> in = Inlet.create("pass.in");
    private final Outlet<ByteString> out = Outlet.create("pass.out");
    private final FlowShape<ByteString, ByteString> shape = FlowShape.of(in, out);
    private final PassedReader reader;
    private final Listener listener;

    /** Hears of one answer, one thing after the other. */
    public interface Listener {
        /** Bytes are waited for, or not any more. */
        void waits(boolean waiting);

        /** It has begun: from now on nobody else can answer. */
        void begun();

        /** What it used so far was told. */
        void used(PassedAnswer answer);

        /** It is whole; its last event is passed on when that is done, whatever becomes of it. */
        CompletionStage<Done> whole(PassedAnswer answer);

        /** It broke, by {@code cause} if that is known; how the failure is told, and what its client is told in the stream. */
        Broken broke(@Nullable Throwable cause);

        /** The provider itself has said that it failed, which is passed on. */
        void failed(ModelException failure);

        /** Nothing happens any more. */
        void over();
    }

    /** {@code event}: the last one of the stream, when the beginning of it was passed on. */
    public record Broken(ModelException failure, ByteString event) {}

    public PassStage(PassedReader reader, Listener listener) {
        this.reader = reader;
        this.listener = listener;
    }

    @Override
    public FlowShape<ByteString, ByteString> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {
        private final EventCutter cutter = new EventCutter(MAX_EVENT);
        private final PassedAnswer answer = new PassedAnswer();
        private final List<RawEvent> events = new ArrayList<>();
        private final AsyncCallback<Done> accounted = createAsyncCallback(done -> release());
        private @Nullable ByteString last;
        private boolean begun;
        private boolean over;
        private int rest;

        Logic() {
            super(shape);
            setHandlers(in, out, new AbstractInOutHandler() {
                @Override
                public void onPush() {
                    listener.waits(false);
                    onBytes(grab(in));
                }

                @Override
                public void onPull() {
                    ask();
                }

                @Override
                public void onUpstreamFinish() {
                    listener.waits(false);
                    onEnd(null);
                }

                @Override
                public void onUpstreamFailure(Throwable cause) {
                    listener.waits(false);
                    onEnd(cause);
                }
            });
        }

        @Override
        public void postStop() {
            listener.over();
        }

        @Override
        public void onTimer(Object timer) {
            leaveProvider();
        }

        private void ask() {
            if (!isClosed(in) && !hasBeenPulled(in)) {
                listener.waits(!over);
                pull(in);
            }
        }

        private void onBytes(ByteString bytes) {
            if (over) {
                rest += bytes.size();
                if (rest > MOST_REST) {
                    leaveProvider();
                } else {
                    ask();
                }
                return;
            }
            try {
                cutter.accept(bytes, events);
                pass();
            } catch (EventStreamParser.TooLongException tooLong) {
                breakOff(tooLong);
            }
        }

        private void pass() {
            var passing = new Passing();
            for (RawEvent event : events) {
                if (!over) {
                    take(event, passing);
                }
            }
            events.clear();
            ByteString bytes = passing.bytes();
            ModelException failure = answer.failure();
            if (failure != null && !begun && passing.isOneEvent()) {
                failStage(failure);
                return;
            }
            if (!bytes.isEmpty()) {
                begin();
                push(out, bytes);
            }
            if (over) {
                end();
            } else if (bytes.isEmpty()) {
                ask();
            }
        }

        private void take(RawEvent event, Passing passing) {
            Usage before = answer.usage();
            reader.read(event, answer);
            if (!Objects.equals(answer.usage(), before) && !answer.isWhole()) {
                listener.used(answer);
            }
            if (answer.isWhole()) {
                over = true;
                last = event.whole();
            } else if (!answer.takeWithheld()) {
                over = answer.failure() != null;
                passing.add(event);
            }
        }

        private void begin() {
            if (!begun) {
                begun = true;
                listener.begun();
            }
        }

        /** The answer is over; the stream may have a rest. */
        private void end() {
            ModelException failure = answer.failure();
            if (failure != null) {
                listener.failed(failure);
            } else {
                var unused =
                        listener.whole(answer).whenComplete((done, broken) -> accounted.invoke(Done.getInstance()));
            }
            scheduleOnce("rest", REST_LIMIT);
            ask();
            completeWhenDone();
        }

        private void release() {
            ByteString event = Objects.requireNonNull(last, "an answer is released once");
            begin();
            emit(out, event, () -> {
                last = null;
                completeWhenDone();
            });
        }

        private void leaveProvider() {
            cancel(in);
            completeWhenDone();
        }

        private void completeWhenDone() {
            if (last == null && isClosed(in)) {
                completeStage();
            }
        }

        private void onEnd(@Nullable Throwable cause) {
            if (over) {
                completeWhenDone();
                return;
            }
            RawEvent unended = cause == null ? cutter.rest() : null;
            if (unended != null && unended.hasData("[DONE]")) {
                take(unended, new Passing());
            }
            if (answer.isWhole()) {
                end();
            } else {
                breakOff(cause);
            }
        }

        /** No answer ends here. */
        private void breakOff(@Nullable Throwable cause) {
            over = true;
            Broken broken = listener.broke(cause);
            if (!begun) {
                failStage(broken.failure());
                return;
            }
            cancel(in);
            emit(out, broken.event(), this::completeStage);
        }
    }

    /** Events that are passed on together, as slices of what came. */
    private static final class Passing {
        private ByteString done = ByteString.emptyByteString();
        private @Nullable RawEvent first;
        private @Nullable RawEvent last;

        void add(RawEvent event) {
            if (last != null && !event.follows(last)) {
                done = bytes();
                first = null;
            }
            first = first == null ? event : first;
            last = event;
        }

        boolean isOneEvent() {
            return first == last && done.isEmpty();
        }

        ByteString bytes() {
            return first == null || last == null ? done : done.concat(first.to(last));
        }
    }
}
