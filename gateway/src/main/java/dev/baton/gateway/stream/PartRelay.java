package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.episode.PartBuffer.Pulled;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings the parts of one chat from the node that runs it to this one, once for however many sockets show them.
 *
 * <p>It asks only while a stream waits for what comes next, and keeps the newest parts for those who come a little later.
 * Who is further behind, or shows an older episode, is sent on: the other node answers such a stream directly, so it
 * delays nobody and costs nothing here. A question for a newer episode makes this one the episode that is mirrored.
 *
 * <p>What gets lost between the nodes is asked for again at the next look. A relay that nobody has asked since the look
 * before says so to its keeper, and ends when that lets it.
 */
final class PartRelay extends AbstractBehavior<PartRelay.Command> {

    /** What a relay can be told. */
    sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(PartRelay relay);
    }

    /** A stream asks or takes back what it asked, in the words that the other node understands. */
    record Asked(PartBuffer.Command question) implements Command {
        @Override
        public Behavior<Command> deliverTo(PartRelay relay) {
            return relay.on(this);
        }
    }

    record Came(Pulled pulled) implements Command {
        @Override
        public Behavior<Command> deliverTo(PartRelay relay) {
            return relay.on(this);
        }
    }

    record Look() implements Command {
        @Override
        public Behavior<Command> deliverTo(PartRelay relay) {
            return relay.on(this);
        }
    }

    /** Nobody asks this relay any more; whoever asked meanwhile is sent back to the keeper. */
    record Retire() implements Command {
        @Override
        public Behavior<Command> deliverTo(PartRelay relay) {
            return relay.on(this);
        }
    }

    /** The node of the source is gone. Another may come to its address, so the source is still asked for what is next. */
    record SourceGone() implements Command {
        @Override
        public Behavior<Command> deliverTo(PartRelay relay) {
            return relay.on(this);
        }
    }

    private enum OnTheWay {
        NOTHING,
        PULL,
        PEEK
    }

    private final PartRelays.Mirrored mirrored;
    private final ActorRef<PartRelays.Command> keeper;
    private final ActorRef<Pulled> answers;
    /** What streams ask that wait for the part after the window's last. */
    private final Map<ActorRef<Pulled>, PartBuffer.Command> waiting = new LinkedHashMap<>();

    private @Nullable PartWindow window;
    private OnTheWay onTheWay = OnTheWay.NOTHING;
    private boolean isOld;
    private boolean isSourceGone;
    private boolean isUsed = true;

    private PartRelay(
            ActorContext<Command> context, PartRelays.Mirrored mirrored, ActorRef<PartRelays.Command> keeper) {
        super(context);
        this.mirrored = mirrored;
        this.keeper = keeper;
        this.answers = context.messageAdapter(Pulled.class, Came::new);
    }

    static Behavior<Command> create(
            PartRelays.Mirrored mirrored, ActorRef<PartRelays.Command> keeper, Duration betweenLooks) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(new Look(), betweenLooks);
            return new PartRelay(context, mirrored, keeper);
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Command.class, command -> command.deliverTo(this))
                .onSignal(PostStop.class, signal -> onStop())
                .build();
    }

    Behavior<Command> on(Asked asked) {
        isUsed = true;
        PartBuffer.Command question = asked.question();
        if (question instanceof PartBuffer.Pull pull) {
            take(question, pull.key(), pull.afterSeq(), pull.replyTo());
        } else if (question instanceof PartBuffer.Peek peek) {
            take(question, peek.key(), peek.afterSeq(), peek.replyTo());
        } else if (!(question instanceof PartBuffer.CancelPull cancel) || waiting.remove(cancel.replyTo()) == null) {
            mirrored.source().tell(question);
        }
        return this;
    }

    private void take(PartBuffer.Command question, EpisodeKey key, long afterSeq, ActorRef<Pulled> replyTo) {
        waiting.remove(replyTo);
        PartWindow mirror = windowOf(key, afterSeq);
        boolean mirrors = mirror.key().equals(key) && mirror.reaches(afterSeq);
        if (mirrors && afterSeq < mirror.last()) {
            replyTo.tell(mirror.after(afterSeq));
        } else if (isSourceGone && question instanceof PartBuffer.Peek) {
            replyTo.tell(new Pulled.Ended(key, 0));
        } else if (!mirrors) {
            mirrored.source().tell(question);
        } else {
            waiting.put(replyTo, question);
            ask(question instanceof PartBuffer.Pull ? OnTheWay.PULL : OnTheWay.PEEK);
        }
    }

    /** Those who wait for a part of the episode before do so at its own node. */
    private PartWindow windowOf(EpisodeKey key, long afterSeq) {
        PartWindow mirror = window;
        if (mirror == null || mirror.isOlderThan(key)) {
            waiting.values().forEach(mirrored.source()::tell);
            waiting.clear();
            mirror = new PartWindow(key, afterSeq);
            window = mirror;
            onTheWay = OnTheWay.NOTHING;
        }
        return mirror;
    }

    /** A pull gets an answer some time, a peek soon, so a peek is worth another question. */
    private void ask(OnTheWay how) {
        if (window != null && how.compareTo(onTheWay) > 0) {
            onTheWay = how;
            isOld = false;
            mirrored.source()
                    .tell(
                            how == OnTheWay.PULL
                                    ? new PartBuffer.Pull(window.key(), window.last(), answers)
                                    : new PartBuffer.Peek(window.key(), window.last(), answers));
        }
    }

    Behavior<Command> on(Came came) {
        isSourceGone = false;
        Pulled pulled = came.pulled();
        PartWindow mirror = window;
        if (mirror == null || !pulled.key().equals(mirror.key())) {
            return this;
        }
        onTheWay = OnTheWay.NOTHING;
        if (pulled instanceof Pulled.Parts parts && !parts.parts().isEmpty()) {
            long before = mirror.last();
            if (mirror.add(parts)) {
                answerAll(mirror.after(before));
            }
            return this;
        }
        if (pulled instanceof Pulled.Lost) {
            window = null;
        }
        answerAll(pulled);
        return this;
    }

    private void answerAll(Pulled answer) {
        var streams = List.copyOf(waiting.keySet());
        waiting.clear();
        streams.forEach(stream -> stream.tell(answer));
    }

    /** What is asked of a dead node is answered by nobody: the rest of a step is done without. */
    Behavior<Command> on(SourceGone gone) {
        isSourceGone = true;
        onTheWay = OnTheWay.NOTHING;
        for (var each : List.copyOf(waiting.entrySet())) {
            if (each.getValue() instanceof PartBuffer.Peek peek) {
                waiting.remove(each.getKey());
                peek.replyTo().tell(new Pulled.Ended(peek.key(), 0));
            }
        }
        return this;
    }

    Behavior<Command> on(Look look) {
        if (!waiting.isEmpty()) {
            OnTheWay again = onTheWay == OnTheWay.NOTHING ? OnTheWay.PULL : onTheWay;
            if (isOld) {
                onTheWay = OnTheWay.NOTHING;
                ask(again);
            }
            isOld = true;
        } else if (!isUsed) {
            keeper.tell(new PartRelays.Unused(mirrored, getContext().getSelf()));
        }
        isUsed = false;
        return this;
    }

    Behavior<Command> on(Retire retire) {
        waiting.values().forEach(question -> keeper.tell(new PartRelays.Ask(mirrored, question)));
        return Behaviors.stopped();
    }

    private Behavior<Command> onStop() {
        if (onTheWay != OnTheWay.NOTHING) {
            mirrored.source().tell(new PartBuffer.CancelPull(answers));
        }
        return this;
    }
}
