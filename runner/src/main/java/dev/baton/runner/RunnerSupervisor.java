package dev.baton.runner;

import akka.actor.DeadLetterSuppression;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.journal.CborSerializable;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.Chats;
import java.time.Duration;
import java.util.List;

/**
 * The parent of all runners of one node: starts one for each chat with work that this node holds, shares out the
 * capacity, and hands everything over when the node leaves.
 *
 * <p>A runner is run once. When it ends although its chat still calls for it, and when it stalls, the chat gets a new
 * epoch, and with it a new runner. The old one may take its time to end: the fence keeps its hands off.
 */
public final class RunnerSupervisor {

    private RunnerSupervisor() {}

    /** The supervisor of {@code node}, which is the incarnation it stands on. */
    public static Behavior<Command> create(NodeId node, Chats chats, TaskFactory tasks, RunnerSettings settings) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new Supervision(context, timers, node, chats, tasks, settings)));
    }

    /** What a supervisor can be told. */
    public sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        void deliverTo(Supervision supervision);
    }

    /** The chat was committed, or read, as {@code hint} says. Harmless when late or repeated. */
    public record Observed(ChatHint hint) implements Command, CborSerializable {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    /** The database has it that this node holds {@code chats} and that they have work. Harmless when that is over. */
    public record Held(List<ChatId> chats) implements Command {
        public Held {
            chats = List.copyOf(chats);
        }

        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    /** Tell {@code watcher} the chat's position now and whenever it changes, until it stops or unwatches. */
    public record WatchPosition(ChatId chat, ActorRef<Position> watcher) implements Command, CborSerializable {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    public record UnwatchPosition(ChatId chat, ActorRef<Position> watcher) implements Command, CborSerializable {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    /** Say why the chat is where it is. */
    public record Explain(ChatId chat, ActorRef<Explanation> replyTo) implements Command, CborSerializable {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    /** Admit nothing more, hand all chats over, and answer when nothing that was started is alive. Harmless again. */
    public record Drain(ActorRef<Drained> replyTo) implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    /** Say how many chats run and wait here. */
    public record Count(ActorRef<Counts> replyTo) implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    /** Say in words for people what has not ended here. */
    public record WhatIsLeft(ActorRef<String> replyTo) implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    record WatcherEnded(ActorRef<Position> watcher) implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    record Admit(Admission.Request request) implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    record GiveBack(Epoch epoch) implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    record HintTaken(Epoch epoch) implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    record Progress(Epoch epoch, String what, Duration patience) implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    record RunnerEnded(Epoch epoch) implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    record CallEnded() implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    /** A runner ended too early a while ago; see whether its chat still needs one. */
    record RestoreDue(Epoch epoch) implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    record Checked(Epoch epoch, ChatHint hint) implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    record NotRead() implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    record Answered(Chat.Reply reply) implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    record WatchdogDue() implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    record DrainOverdue() implements Command {
        @Override
        public void deliverTo(Supervision supervision) {
            supervision.on(this);
        }
    }

    /** {@code position}: 0 when the chat does not wait for capacity, 1 when it is the next to get it. */
    public record Position(ChatId chat, int position) implements CborSerializable, DeadLetterSuppression {}

    /**
     * What this node knows of a chat. {@code epoch}: 0 when it has no runner here; {@code activity}: what the runner
     * does, in words for people; {@code running} of {@code maxRunning} chats are generating here.
     */
    public record Explanation(
            ChatId chat, long epoch, String activity, int position, int running, int maxRunning, boolean draining)
            implements CborSerializable, DeadLetterSuppression {}

    /** {@code running} of at most {@code max} chats generate here; {@code waiting} wait for their turn. */
    public record Counts(int running, int waiting, int max) implements DeadLetterSuppression {}

    public record Drained() implements DeadLetterSuppression {}
}
