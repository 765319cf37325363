package dev.baton.runner;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.Status;
import dev.baton.runner.RunnerSupervisor.Drained;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How a supervisor gets rid of its runners when its node leaves: so many at once as {@code atOnce} says.
 *
 * <p>Nobody works on a chat from the moment its task is cut until its successor has begun. Cut all at once, a thousand
 * chats would stand still while their writes queue; so each goes on until it is its turn.
 */
final class WayDown {
    private final int atOnce;
    private final Map<Epoch, LiveRunner> waiting = new LinkedHashMap<>();
    private final Set<Epoch> underWay = new HashSet<>();
    private final List<ActorRef<Drained>> drainers = new ArrayList<>();
    private boolean begun;
    private boolean over;

    WayDown(int atOnce) {
        this.atOnce = atOnce;
    }

    boolean hasBegun() {
        return begun;
    }

    /** The drain was answered or given up: nothing may start any more. What still comes is left to the sweeper. */
    boolean isOver() {
        return over;
    }

    void await(ActorRef<Drained> drainer) {
        drainers.add(drainer);
    }

    /** Interruptions end here, which may take a moment, so they take nobody's turn. */
    void begin(Collection<LiveRunner> runners) {
        begun = true;
        for (LiveRunner runner : runners) {
            if (runner.newest().status() == Status.INTERRUPTING) {
                leave(runner);
            } else {
                waiting.put(runner.epoch(), runner);
            }
        }
        fill();
    }

    void ended(Epoch epoch) {
        underWay.remove(epoch);
        waiting.remove(epoch);
        if (!over) {
            fill();
        }
    }

    private void fill() {
        var next = waiting.values().iterator();
        while (underWay.size() < atOnce && next.hasNext()) {
            LiveRunner runner = next.next();
            next.remove();
            underWay.add(runner.epoch());
            leave(runner);
        }
    }

    private static void leave(LiveRunner runner) {
        runner.runner().tell(new ChatRunner.Leave());
    }

    void giveUp() {
        over = true;
    }

    /** Tells those who wait that nothing that was started is alive. */
    void answer() {
        over = true;
        drainers.forEach(drainer -> drainer.tell(new Drained()));
        drainers.clear();
    }
}
