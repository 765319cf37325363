package dev.baton.runner;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.ChatHint;

/** One runner's place in its node's admission. */
final class Slot {
    private enum Stand {
        NONE,
        ASKED,
        HELD
    }

    private final Epoch epoch;
    private final ActorRef<RunnerSupervisor.Command> supervisor;
    private final ActorRef<ChatRunner.Command> runner;
    private Stand stand = Stand.NONE;
    private long ticket;

    Slot(Epoch epoch, ActorRef<RunnerSupervisor.Command> supervisor, ActorRef<ChatRunner.Command> runner) {
        this.epoch = epoch;
        this.supervisor = supervisor;
        this.runner = runner;
    }

    boolean isHeld() {
        return stand == Stand.HELD;
    }

    void ask(ChatHint hint) {
        stand = Stand.ASKED;
        ticket++;
        supervisor.tell(new RunnerSupervisor.Admit(new Admission.Request(epoch, hint.owner(), ticket, runner)));
    }

    /** Whether {@code granted} is what was asked for last and is still wanted. */
    boolean accept(long granted) {
        boolean wanted = stand == Stand.ASKED && granted == ticket;
        if (wanted) {
            stand = Stand.HELD;
        }
        return wanted;
    }

    void giveBack() {
        if (stand != Stand.NONE) {
            stand = Stand.NONE;
            supervisor.tell(new RunnerSupervisor.GiveBack(epoch));
        }
    }
}
