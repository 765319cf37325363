package dev.baton.runner.takeover;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.javadsl.AbstractOnMessageBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.typed.Cluster;
import akka.cluster.typed.SingletonActor;
import akka.cluster.typed.Subscribe;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.Chats;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.takeover.StaleChats.Stale;
import dev.baton.runner.takeover.StaleChats.Tail;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has chats taken over whose node is gone, and wakes those whose row lags behind the journal.
 *
 * <p>It sweeps when it starts, when the membership changes, when it is told to, and again and again: a sweep first, then
 * the wait, so that a slow one cannot chase itself. Two sweepers at once do no harm, for a chat takes no notice of what has been
 * done already.
 *
 * <p>A round looks for lagging rows between the mark and where the journal ended one round before: the time in between
 * is what writes under way need to arrive. When none lags the mark moves up to there. The first round cannot know, so it
 * looks up to the journal's end and leaves the mark alone: what a node committed just before it died is woken at once,
 * and the next sweep, which then comes soon, sees whether anyone must take it over. While chats wait to be taken over they
 * are asked for again and again, apart from the rounds, which must not become too short for that.
 */
public final class Sweeper extends AbstractOnMessageBehavior<Sweeper.Command> {
    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);

    /** What a woken chat needs to be read and to have its row written. */
    private static final Duration WAKING = Duration.ofMillis(250);

    /** How long a chat that was told to get a runner may take to be found again. */
    private static final Duration TAKING_OVER = Duration.ofMillis(50);

    /**
     * So often in a row the chats that a sweep found are looked for again: what is told to chats while the shards of a dead
     * node move may get lost, so it is told again. Chats that cannot be taken over must not hurry it for ever.
     */
    private static final int MOST_SOON = 100;

    /** What a sweeper can be told. */
    public sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(Sweeper sweeper);
    }

    /** The singleton moves elsewhere, or its node leaves. */
    record Stop() implements Command {
        @Override
        public Behavior<Command> deliverTo(Sweeper sweeper) {
            return Behaviors.stopped();
        }
    }

    /** Sweep, and if a sweep is under way then once more after it. */
    public record SweepNow() implements Command {
        @Override
        public Behavior<Command> deliverTo(Sweeper sweeper) {
            return sweeper.on(this);
        }
    }

    /** See whether the chats that were found have been taken over, and nothing else. */
    record LookAgain() implements Command {
        @Override
        public Behavior<Command> deliverTo(Sweeper sweeper) {
            return sweeper.on(this);
        }
    }

    /** The answers of a sweep carry its number, so that those of one that was given up are recognized. */
    record Orphans(long sweep, List<Stale> chats) implements Command {
        @Override
        public Behavior<Command> deliverTo(Sweeper sweeper) {
            return sweeper.on(this);
        }
    }

    record TailRead(long sweep, Tail tail) implements Command {
        @Override
        public Behavior<Command> deliverTo(Sweeper sweeper) {
            return sweeper.on(this);
        }
    }

    record Lagging(long sweep, Tail tail, long end, List<ChatId> chats) implements Command {
        @Override
        public Behavior<Command> deliverTo(Sweeper sweeper) {
            return sweeper.on(this);
        }
    }

    record MarkMoved(long sweep, Tail tail) implements Command {
        @Override
        public Behavior<Command> deliverTo(Sweeper sweeper) {
            return sweeper.on(this);
        }
    }

    record Failed(long sweep, String why) implements Command {
        @Override
        public Behavior<Command> deliverTo(Sweeper sweeper) {
            return sweeper.on(this);
        }
    }

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final StaleChats stale;
    private final Members members;
    private final Chats chats;
    private final RunnerSettings.Takeover settings;
    private final SweepListener listener;
    private OptionalLong endOneRoundBefore = OptionalLong.empty();
    private long sweep;
    private boolean sweeping;
    private boolean again;
    /** The next sweep comes soon, for chats were woken. */
    private boolean soon;
    /** So many sweeps up to this one came soon; rows that cannot be repaired must not hurry it for ever. */
    private int cameSoon;
    /** This sweep asks for nothing but the chats that the last one found. */
    private boolean onlyAgain;

    /** What this sweep has found, and what the one before had. */
    private final Set<Stale> orphans = new HashSet<>();

    private Set<Stale> said = Set.of();
    /** The last sweep failed, which has been said. */
    private boolean failing;

    private Sweeper(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StaleChats stale,
            Members members,
            Chats chats,
            RunnerSettings.Takeover settings,
            SweepListener listener) {
        super(context);
        this.context = context;
        this.timers = timers;
        this.stale = stale;
        this.members = members;
        this.chats = chats;
        this.settings = settings;
        this.listener = listener;
    }

    /** The one sweeper of the cluster that this node is in. */
    public static SingletonActor<Command> singleton(
            StaleChats stale, Chats chats, RunnerSettings settings, SweepListener listener) {
        return SingletonActor.of(create(stale, chats, settings, listener), "sweeper")
                .withStopMessage(new Stop());
    }

    private static Behavior<Command> create(
            StaleChats stale, Chats chats, RunnerSettings settings, SweepListener listener) {
        return Behaviors.setup(context -> {
            var members = new WithoutTheDead(Members.of(context.getSystem()));
            Cluster.get(context.getSystem())
                    .subscriptions()
                    .tell(Subscribe.create(
                            context.messageAdapter(MemberEvent.class, event -> {
                                members.heard(event.member());
                                return new SweepNow();
                            }),
                            MemberEvent.class));
            return sweeping(stale, members, chats, settings, listener);
        });
    }

    static Behavior<Command> sweeping(
            StaleChats stale, Members members, Chats chats, RunnerSettings settings, SweepListener listener) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            listener.standsHere(true);
            return new Sweeper(context, timers, stale, members, chats, settings.takeover(), listener).begin();
        }));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        return command.deliverTo(this);
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof PostStop) {
            listener.standsHere(false);
        }
        return this;
    }

    private Behavior<Command> begin() {
        return begin(/* onlyThese= */ false);
    }

    private Behavior<Command> begin(boolean onlyThese) {
        onlyAgain = onlyThese;
        sweep++;
        sweeping = true;
        again = false;
        cameSoon = soon ? cameSoon + 1 : 0;
        soon = false;
        orphans.clear();
        timers.cancel(new SweepNow());
        timers.cancel(new LookAgain());
        timers.startSingleTimer(
                "limit", new Failed(sweep, "it took longer than " + settings.limit()), settings.limit());
        return readOrphans(Optional.empty());
    }

    private Behavior<Command> readOrphans(Optional<ChatId> after) {
        long number = sweep;
        return read(stale.withWork(after, members.live(), settings.page()), orphans -> new Orphans(number, orphans));
    }

    Behavior<Command> on(SweepNow now) {
        if (sweeping) {
            again = true;
            return this;
        }
        return begin();
    }

    Behavior<Command> on(LookAgain look) {
        return sweeping ? this : begin(/* onlyThese= */ true);
    }

    private Behavior<Command> on(Orphans some) {
        if (isOver(some.sweep())) {
            return this;
        }
        List<Stale> found = some.chats();
        found.forEach(one -> chats.tell(one.chat(), new Chat.TakeOver(one.epoch())));
        orphans.addAll(found);
        if (!found.isEmpty()) {
            soon = cameSoon < MOST_SOON;
        }
        if (found.size() >= settings.page()) {
            return readOrphans(Optional.of(found.get(found.size() - 1).chat()));
        }
        sayWhatIsNew();
        if (onlyAgain) {
            listener.swept(orphans.size());
            return rest();
        }
        return read(stale.tail(), tail -> new TailRead(some.sweep(), tail));
    }

    /** A sweep that comes soon mostly finds what the one before has found. */
    private void sayWhatIsNew() {
        long news = orphans.stream().filter(one -> !said.contains(one)).count();
        if (news > 0) {
            LOG.info("{} chats have work and no runner that lives; having them taken over", news);
        }
        said = Set.copyOf(orphans);
    }

    private Behavior<Command> on(TailRead read) {
        if (isOver(read.sweep())) {
            return this;
        }
        Tail tail = read.tail();
        long end = endOneRoundBefore.orElse(tail.end());
        if (end <= tail.mark()) {
            return done(tail);
        }
        return read(
                stale.lagging(tail.mark(), end, settings.page()),
                lagging -> new Lagging(read.sweep(), tail, end, lagging));
    }

    private Behavior<Command> on(Lagging lagging) {
        if (isOver(lagging.sweep())) {
            return this;
        }
        lagging.chats().forEach(chat -> chats.tell(chat, new Chat.Announce()));
        if (!lagging.chats().isEmpty()) {
            LOG.info(
                    "{} rows lag behind the journal; waking their chats",
                    lagging.chats().size());
            soon |= cameSoon == 0;
            return done(lagging.tail());
        }
        if (endOneRoundBefore.isEmpty()) {
            return done(lagging.tail());
        }
        return read(stale.advanceMark(lagging.end()), moved -> new MarkMoved(lagging.sweep(), lagging.tail()));
    }

    private Behavior<Command> on(MarkMoved moved) {
        return isOver(moved.sweep()) ? this : done(moved.tail());
    }

    private Behavior<Command> done(Tail tail) {
        endOneRoundBefore = OptionalLong.of(tail.end());
        failing = false;
        listener.swept(orphans.size());
        return rest();
    }

    private Behavior<Command> on(Failed failed) {
        if (isOver(failed.sweep())) {
            return this;
        }
        if (!failing) {
            LOG.warn("a sweep for chats without a runner failed, {}; trying again", failed.why());
        }
        failing = true;
        listener.failed();
        return rest();
    }

    private Behavior<Command> rest() {
        sweeping = false;
        timers.cancel("limit");
        if (again) {
            return begin();
        }
        if (soon && !orphans.isEmpty()) {
            timers.startSingleTimer(new LookAgain(), TAKING_OVER);
        } else {
            boolean allTaken = onlyAgain && orphans.isEmpty();
            timers.startSingleTimer(new SweepNow(), soon || allTaken ? WAKING : settings.sweepInterval());
        }
        return this;
    }

    private boolean isOver(long number) {
        return !sweeping || number != sweep;
    }

    private <T> Behavior<Command> read(CompletionStage<T> question, Function<T, Command> answer) {
        long number = sweep;
        ActorRef<Command> self = context.getSelf();
        var unused = question.whenComplete((value, failure) ->
                self.tell(failure == null ? answer.apply(value) : new Failed(number, failure.toString())));
        return this;
    }
}
