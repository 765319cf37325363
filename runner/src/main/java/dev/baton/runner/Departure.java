package dev.baton.runner;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.Status;
import dev.baton.runner.ChatRunner.Command;
import dev.baton.runner.ChatRunner.TaskEnded;

/** The last phases of a {@link ChatRunner} whose node leaves. */
final class Departure {

    private Departure() {}

    /** The task for {@code underWay} is ending; when it has, the chat is handed over as {@code last} says. */
    static final class Cutting extends RunnerPhase {
        private final ChatHint last;
        private final ChatHint underWay;

        Cutting(ChatRunner runner, ChatHint last, ChatHint underWay) {
            super(runner, last.version());
            this.last = last;
            this.underWay = underWay;
        }

        @Override
        Behavior<Command> onNewer(ChatHint hint) {
            return new Cutting(runner, hint, underWay);
        }

        /** An interruption that was asked for ends here, too: its one write is as soon done as a handover. */
        @Override
        Behavior<Command> on(TaskEnded ended) {
            boolean interruptionIsDue =
                    last.status() == Status.INTERRUPTING && underWay.status() != Status.INTERRUPTING;
            return interruptionIsDue ? runner.interrupting(last) : runner.handingOver(last);
        }

        @Override
        Behavior<Command> leave() {
            return this;
        }
    }

    /** The write is under way that gives the chat to another node. */
    static final class HandingOver extends RunnerPhase {
        HandingOver(ChatRunner runner, ChatHint last) {
            super(runner, last.version());
        }

        @Override
        Behavior<Command> onNewer(ChatHint hint) {
            return this;
        }

        @Override
        Behavior<Command> on(TaskEnded ended) {
            return Behaviors.stopped();
        }

        @Override
        Behavior<Command> leave() {
            return this;
        }
    }
}
