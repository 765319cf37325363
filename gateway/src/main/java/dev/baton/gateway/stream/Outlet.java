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

    boolean isReady() {
        return outlet != null && !underWay && !complete;
    }

    void taken() {
        underWay = false;
    }

    void send(List<Frame> batch) {
        underWay = true;
        tell(List.copyOf(batch));
    }

    void complete() {
        complete = true;
        tell(new Socket.Complete());
    }

    /** The actor is gone; what it handed in may still be delivered. */
    void end() {
        if (cutter != null) {
            cutter.shutdown();
        }
    }

    /** The connection ends whatever the client does. */
    void cut() {
        if (cutter != null) {
            cutter.abort(new CutOff("the client took too long to leave"));
        }
    }

    private void tell(Object message) {
        if (outlet != null) {
            outlet.tell(message, actor);
        }
    }

    /** Why a connection was cut; without a stack, since nothing went wrong here. */
    static final class CutOff extends RuntimeException {
        CutOff(String reason) {
            super(reason, null, false, false);
        }
    }
}
