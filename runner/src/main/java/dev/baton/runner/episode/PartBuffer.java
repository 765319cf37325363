package dev.baton.runner.episode;

import akka.Done;
import akka.actor.DeadLetterSuppression;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.journal.CborSerializable;
import dev.baton.persistence.parts.LoggedEpisode;
import dev.baton.persistence.parts.PartLog;
import dev.baton.persistence.parts.PartSettings.Publish;
import dev.baton.persistence.parts.Told;
import dev.baton.runner.RunnerSettings;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The parts of all episodes of one node, from the first one streamed until a little after the end.
 *
 * <p>Bounds: an episode's bytes by {@code episode.max-bytes}, the episodes by the chats that run here plus
 * those closed within the grace, the parked pulls by those who pull, since each of them has at most one.
 *
 * <p>Grace and patience are counted in sweeps: what a sweep finds unused for the second time goes. So nothing here
 * reads a clock, and everything lasts at least one sweep interval and at most two.
 *
 * <p>What is added goes through the part log: it is shown when it is there, or at once when people would rather have it
 * so. Who adds is whoever opened the episode last, on any node; the log refuses all others.
 *
 * <p>Runners fill the buffer of their own node; those who show parts may pull them from another node.
 */
public final class PartBuffer extends AbstractBehavior<PartBuffer.Command> {

    /** What the buffer can be told. */
    public sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(PartBuffer buffer);
    }

    /**
     * Make the caller the one who adds to the episode, and tell what is there. Whoever did so before, on whatever node,
     * adds nothing from then on.
     */
    public record Open(EpisodeKey key, long epoch, ActorRef<Opening> replyTo) implements Command {
        @Override
        public Behavior<Command> deliverTo(PartBuffer buffer) {
            return buffer.on(this);
        }
    }

    /**
     * Add {@code parts}, all or none, when the last ones were answered. {@code told}: all that the provider has told
     * besides, null when that is nothing new.
     */
    public record Append(
            EpisodeKey key, List<Part> parts, @Nullable Told told, ActorRef<Ack> replyTo) implements Command {
        public Append {
            parts = List.copyOf(parts);
        }

        @Override
        public Behavior<Command> deliverTo(PartBuffer buffer) {
            return buffer.on(this);
        }
    }

    /**
     * Whoever opened with {@code opener} adds nothing any more; readers wait until somebody opens the episode again, here
     * or elsewhere. Nothing happens when somebody has already.
     */
    public record Rest(EpisodeKey key, ActorRef<Opening> opener) implements Command {
        @Override
        public Behavior<Command> deliverTo(PartBuffer buffer) {
            return buffer.on(this);
        }
    }

    /** Whoever opened it adds nothing any more; answer when all that was accepted is in the log, for another node to find. */
    public record Flush(EpisodeKey key, ActorRef<Done> replyTo) implements Command {
        @Override
        public Behavior<Command> deliverTo(PartBuffer buffer) {
            return buffer.on(this);
        }
    }

    /** The episode is over: what is left is read for a while, and its log is deleted. */
    public record Close(EpisodeKey key) implements Command {
        @Override
        public Behavior<Command> deliverTo(PartBuffer buffer) {
            return buffer.on(this);
        }
    }

    /**
     * Answer with what comes after {@code afterSeq}: at once when there is something, else as soon as there is, also
     * when the episode has not begun. Each {@code replyTo} has one pull; a new one takes the place of the old.
     */
    public record Pull(EpisodeKey key, long afterSeq, ActorRef<Pulled> replyTo) implements Command, CborSerializable {
        @Override
        public Behavior<Command> deliverTo(PartBuffer buffer) {
            return buffer.on(this);
        }
    }

    public record CancelPull(ActorRef<Pulled> replyTo) implements Command, CborSerializable {
        @Override
        public Behavior<Command> deliverTo(PartBuffer buffer) {
            return buffer.on(this);
        }
    }

    /**
     * Answer at once with what comes after {@code afterSeq} as far as it is there: empty parts when there is nothing yet,
     * the end when nothing is known of the episode.
     */
    public record Peek(EpisodeKey key, long afterSeq, ActorRef<Pulled> replyTo) implements Command, CborSerializable {
        @Override
        public Behavior<Command> deliverTo(PartBuffer buffer) {
            return buffer.on(this);
        }
    }

    /** Answer with all that is there now. */
    public record Collect(EpisodeKey key, ActorRef<Collected> replyTo) implements Command, CborSerializable {
        @Override
        public Behavior<Command> deliverTo(PartBuffer buffer) {
            return buffer.on(this);
        }
    }

    /** {@code turn}: which of the episode's openings this answers. */
    record Claimed(Open open, long turn, PartLog.Claim claim) implements Command {
        @Override
        public Behavior<Command> deliverTo(PartBuffer buffer) {
            return buffer.on(this);
        }
    }

    record Logged(EpisodeKey key, long turn, Outcome outcome) implements Command {
        enum Outcome {
            DONE,
            /** Somebody else writes the episode. */
            FENCED,
            /** The log will never take it. */
            REFUSED
        }

        @Override
        public Behavior<Command> deliverTo(PartBuffer buffer) {
            return buffer.on(this);
        }
    }

    record Sealed(EpisodeKey key) implements Command {
        @Override
        public Behavior<Command> deliverTo(PartBuffer buffer) {
            return buffer.on(this);
        }
    }

    record Sweep() implements Command {
        @Override
        public Behavior<Command> deliverTo(PartBuffer buffer) {
            return buffer.on(this);
        }
    }

    /** What became of an opening. */
    public sealed interface Opening extends DeadLetterSuppression {
        EpisodeKey key();

        /**
         * The caller adds to the episode from now on, after what {@code logged} has. When that is not exact it may only
         * take it back or commit it: nobody is shown it, and nothing can be added.
         */
        record Opened(EpisodeKey key, LoggedEpisode logged) implements Opening {}

        /** Somebody else has it, with reason. */
        record Taken(EpisodeKey key) implements Opening {}
    }

    /** What became of an append. */
    public sealed interface Ack extends DeadLetterSuppression {
        EpisodeKey key();

        /** The last of the parts has {@code lastSeq}; they are in the log. */
        record Appended(EpisodeKey key, long lastSeq) implements Ack {}

        /** Nothing was added, for the episode would outgrow its bound. */
        record Full(EpisodeKey key) implements Ack {}

        /** Nothing was added, for the log can never take it. */
        record Refused(EpisodeKey key) implements Ack {}

        /** Nothing was added, for the episode is not open, or somebody else has it. */
        record NotOpen(EpisodeKey key) implements Ack {}
    }

    /** What a pull brings. */
    public sealed interface Pulled extends CborSerializable, DeadLetterSuppression {
        EpisodeKey key();

        /**
         * The first of {@code parts} has {@code firstSeq}, the next one more. Empty: nothing has come for a while; pull
         * again.
         */
        record Parts(EpisodeKey key, long firstSeq, List<Part> parts) implements Pulled {
            public Parts {
                parts = List.copyOf(parts);
            }
        }

        /** There is and will be nothing after what was asked for. {@code lastSeq}: 0 when nothing is known of it. */
        record Ended(EpisodeKey key, long lastSeq) implements Pulled {}

        /**
         * The episode is open and has fewer parts than were said to be seen: what came after {@code lastSeq} is lost, and
         * other parts take its place.
         */
        record Lost(EpisodeKey key, long lastSeq) implements Pulled {}
    }

    /** All parts of an episode; none when nothing is known of it. */
    public record Collected(EpisodeKey key, List<Part> parts) implements CborSerializable, DeadLetterSuppression {
        public Collected {
            parts = List.copyOf(parts);
        }
    }

    private final Adding adding;
    private final Map<EpisodeKey, Episode> episodes = new HashMap<>();
    private final Map<ActorRef<Pulled>, EpisodeKey> pulling = new HashMap<>();

    private PartBuffer(ActorContext<Command> context, Adding adding) {
        super(context);
        this.adding = adding;
    }

    /** {@code appended}: hears how many parts were added, on the actor's own time. */
    public static Behavior<Command> create(
            PartLog log, Publish publish, RunnerSettings.Episode settings, IntConsumer appended) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new Sweep(), settings.grace());
            return new PartBuffer(context, new Adding(log, publish, settings.maxBytes(), appended, context.getSelf()));
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Command.class, command -> command.deliverTo(this))
                .onSignal(PostStop.class, signal -> onStop())
                .build();
    }

    Behavior<Command> on(Open open) {
        adding.open(episode(open.key()), open);
        return this;
    }

    Behavior<Command> on(Claimed claimed) {
        EpisodeKey key = claimed.open().key();
        Episode episode = episodes.get(key);
        Opening opening = episode == null ? new Opening.Taken(key) : adding.claimed(episode, claimed);
        claimed.open().replyTo().tell(opening);
        return answered(episode);
    }

    Behavior<Command> on(Append append) {
        Episode episode = episodes.get(append.key());
        if (episode == null) {
            append.replyTo().tell(new Ack.NotOpen(append.key()));
        } else {
            adding.append(episode, append);
        }
        return answered(episode);
    }

    Behavior<Command> on(Logged logged) {
        Episode episode = episodes.get(logged.key());
        if (episode != null) {
            adding.logged(episode, logged);
        }
        return answered(episode);
    }

    Behavior<Command> on(Rest rest) {
        Episode episode = episodes.get(rest.key());
        if (episode != null && episode.logging().isOpener(rest.opener())) {
            episode.logging().cancelClaim();
            episode.rest();
        }
        return this;
    }

    Behavior<Command> on(Flush flush) {
        Episode episode = episodes.get(flush.key());
        if (episode == null) {
            flush.replyTo().tell(Done.getInstance());
        } else {
            adding.flush(episode, flush);
        }
        return this;
    }

    /** Sealed or not: the next runner sees which. */
    Behavior<Command> on(Sealed done) {
        Episode episode = episodes.get(done.key());
        if (episode != null) {
            episode.logging().flushed();
        }
        return this;
    }

    Behavior<Command> on(Close close) {
        adding.delete(close.key());
        Episode episode = episode(close.key());
        episode.close();
        return answered(episode);
    }

    Behavior<Command> on(Pull pull) {
        forget(pull.replyTo());
        Episode episode = episode(pull.key());
        episode.park(pull);
        pulling.put(pull.replyTo(), pull.key());
        return answered(episode);
    }

    Behavior<Command> on(CancelPull cancel) {
        forget(cancel.replyTo());
        return this;
    }

    Behavior<Command> on(Peek peek) {
        Episode episode = episodes.get(peek.key());
        peek.replyTo().tell(episode == null ? new Pulled.Ended(peek.key(), 0) : episode.peek(peek.afterSeq()));
        return this;
    }

    Behavior<Command> on(Collect collect) {
        Episode episode = episodes.get(collect.key());
        List<Part> parts = episode == null ? List.of() : episode.collect();
        collect.replyTo().tell(new Collected(collect.key(), parts));
        return this;
    }

    Behavior<Command> on(Sweep sweep) {
        for (Iterator<Episode> each = episodes.values().iterator(); each.hasNext(); ) {
            Episode episode = each.next();
            episode.sweepPulls().forEach(pulling::remove);
            if (episode.isSpent()) {
                each.remove();
            }
        }
        return this;
    }

    private Behavior<Command> onStop() {
        episodes.values().forEach(Episode::endPulls);
        return this;
    }

    /** The one place where an episode comes to be; without {@link Open} or {@link Close} it only holds pulls. */
    private Episode episode(EpisodeKey key) {
        return episodes.computeIfAbsent(key, adding::begin);
    }

    private Behavior<Command> answered(@Nullable Episode episode) {
        if (episode != null) {
            episode.answerPulls().forEach(pulling::remove);
        }
        return this;
    }

    private void forget(ActorRef<Pulled> puller) {
        EpisodeKey key = pulling.remove(puller);
        Episode episode = key == null ? null : episodes.get(key);
        if (episode == null) {
            return;
        }
        episode.unpark(puller);
        if (episode.isNothing()) {
            episodes.remove(episode.key());
        }
    }
}
