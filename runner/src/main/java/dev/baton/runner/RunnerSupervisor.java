package dev.baton.runner;

import akka.actor.DeadLetterSuppression;
import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.ChatId;

/** The parent of all runners of one node. */
public final class RunnerSupervisor {

    private RunnerSupervisor() {}

    /** What a supervisor can be told. */
    public sealed interface Command {}

    /** The chat was committed, or read, as {@code hint} says. Harmless when late or repeated. */
    public record Observed(ChatHint hint) implements Command {}

    /** Tell {@code watcher} the chat's position now and whenever it changes, until it stops or unwatches. */
    public record WatchPosition(ChatId chat, ActorRef<Position> watcher) implements Command {}

    public record UnwatchPosition(ChatId chat, ActorRef<Position> watcher) implements Command {}

    /** Say why the chat is where it is. */
    public record Explain(ChatId chat, ActorRef<Explanation> replyTo) implements Command {}

    /** Admit nothing more, let go of all chats, and answer when nothing that was started is alive. Harmless again. */
    public record Drain(ActorRef<Drained> replyTo) implements Command {}

    /** {@code position}: 0 when the chat does not wait for capacity, 1 when it is the next to get it. */
    public record Position(ChatId chat, int position) implements DeadLetterSuppression {}

    /**
     * What this node knows of a chat. {@code epoch}: 0 when it has no runner here; {@code activity}: what the runner
     * does, in words for people; {@code running} of {@code maxRunning} chats are generating here.
     */
    public record Explanation(
            ChatId chat, long epoch, String activity, int position, int running, int maxRunning, boolean draining)
            implements DeadLetterSuppression {}

    public record Drained() implements DeadLetterSuppression {}
}
