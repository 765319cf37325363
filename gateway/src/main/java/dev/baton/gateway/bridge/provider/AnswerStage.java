package dev.baton.gateway.bridge.provider;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import akka.util.ByteString;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes of an answer into model events and watches for silence.
 *
 * <p>Bytes are asked for only when all that came before has been taken, so slowness downstream reaches the provider's
 * socket, and what is held is what one piece of bytes brought. Silence counts only while bytes are waited for; it begins
 * with the call itself, so connecting and the first word are part of it.
 */
final class AnswerStage extends GraphStage<FlowShape<ByteString, ModelEvent>> {
    /** How long, and for how many bytes, it reads on when nothing of interest can come, so that the connection can be kept. */
    private static final Duration REST_LIMIT = Duration.ofSeconds(1);

    private static final int MOST_REST = 1 << 16;
    private static final String REST = "rest";

    /** Into how many ticks a timeout is cut; it may come late by one of them. */
    private static final int TICKS = 8;

    private final Inlet<ByteString> in = Inlet.create("answer.bytes");
    private final Outlet<ModelEvent> out = Outlet.create("answer.events");
    private final FlowShape<ByteString, ModelEvent> shape = FlowShape.of(in, out);
    private final Supplier<AnswerDecoder> decoders;
    private final ProviderFailures failures;
    private final Duration silenceTimeout;

    AnswerStage(Supplier<AnswerDecoder> decoders, ProviderFailures failures, Duration silenceTimeout) {
        this.decoders = decoders;
        this.failures = failures;
        this.silenceTimeout = silenceTimeout;
    }

    @Override
    public FlowShape<ByteString, ModelEvent> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic(decoders.get());
    }

    private final class Logic extends TimerGraphStageLogic {
        private final AnswerDecoder decoder;
        private final Deque<ModelEvent> ready = new ArrayDeque<>();
        private @Nullable ModelException failure;
        private boolean over;
        private boolean readsRest;
        private int rest;
        private int quietTicks;

        Logic(AnswerDecoder decoder) {
            super(shape);
            this.decoder = decoder;
            setHandlers(in, out, new AbstractInOutHandler() {
                @Override
                public void onPush() {
                    onBytes(grab(in));
                }

                @Override
                public void onUpstreamFinish() {
                    onEnd(null);
                }

                @Override
                public void onUpstreamFailure(Throwable cause) {
                    onEnd(cause);
                }

                @Override
                public void onPull() {
                    advance();
                }
            });
        }

        @Override
        public void preStart() {
            Duration tick = silenceTimeout.dividedBy(TICKS);
            Duration shortest = Duration.ofMillis(1);
            Duration delay = tick.compareTo(shortest) < 0 ? shortest : tick;
            scheduleWithFixedDelay("silence", delay, delay);
        }

        @Override
        public void onTimer(Object timer) {
            if (timer.equals(REST)) {
                leaveProvider();
                advance();
                return;
            }
            if (over || !hasBeenPulled(in)) {
                return;
            }
            quietTicks++;
            if (quietTicks > TICKS) {
                onEnd(failures.silent(silenceTimeout));
            }
        }

        private void onBytes(ByteString bytes) {
            if (over) {
                onRest(bytes);
                return;
            }
            long heardBefore = decoder.heard();
            try {
                decoder.accept(bytes, ready);
            } catch (ModelException broken) {
                failure = broken;
            }
            if (decoder.heard() > heardBefore) {
                quietTicks = 0;
            }
            if (failure != null) {
                leaveProvider();
            } else if (decoder.hasEnded()) {
                over = true;
                readsRest = true;
                scheduleOnce(REST, REST_LIMIT);
                pull(in);
            }
            advance();
        }

        private void onRest(ByteString bytes) {
            rest += bytes.size();
            if (rest > MOST_REST) {
                leaveProvider();
                advance();
            } else {
                pull(in);
            }
        }

        private void onEnd(@Nullable Throwable cause) {
            if (over) {
                leaveProvider();
                advance();
                return;
            }
            try {
                decoder.end(cause, ready);
            } catch (ModelException broken) {
                failure = broken;
            }
            leaveProvider();
            advance();
        }

        /** The connection need not wait until the events are taken. */
        private void leaveProvider() {
            over = true;
            readsRest = false;
            cancel(in);
        }

        private void advance() {
            if (!ready.isEmpty() && isAvailable(out)) {
                push(out, ready.remove());
            }
            if (!ready.isEmpty()) {
                return;
            }
            if (over && !readsRest) {
                end();
            } else if (!over && isAvailable(out) && !hasBeenPulled(in)) {
                pull(in);
            }
        }

        private void end() {
            if (failure == null) {
                completeStage();
            } else {
                failStage(failure);
            }
        }
    }
}
