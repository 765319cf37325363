package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import akka.stream.UniqueKillSwitch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An actor's end of its {@link Socket}: one batch at a time is under way. */
final class Outlet {
    private final akka.actor.ActorRef actor;
    private akka.actor.@Nullable ActorRef outlet;
    private @Nullable UniqueKillSwitch cutter;
    private boolean underWay;
    private boolean complete;

    Outlet(ActorRef<?> actor) {
        this.actor = Adapter.toClassic(actor);
    }

    void attached(Socket.Attached to) {
        outlet = to.outlet();
        cutter = to.cutter();
    }

    boolean isAttached() {
        return outlet != null;
    }

    boolean isReady() {
        return outlet != null && !underWay && !complete;
    }

    void taken() {
        underWay = false;
    }

    boolean isComplete() {
        return complete;
    }

    void send(List<Frame> batch) {
        underWay = true;
        tell(List.copyOf(batch));
    }

    void complete() {
        complete = true;
        tell(new Socket.Complete());
    }

    void cut() {
        if (cutter != null) {
            cutter.abort(new CutOff());
        }
    }

    private void tell(Object message) {
        if (outlet != null) {
            outlet.tell(message, actor);
        }
    }

    /** Ends a connection that did not end by itself in time; without a stack, since nothing went wrong here. */
    static final class CutOff extends RuntimeException {
        CutOff() {
            super("the client took too long to leave", null, false, false);
        }
    }
}
