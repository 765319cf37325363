package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.baton.persistence.view.ChatChange;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells everyone on this node who watches the list of chats what was written, once and in order.
 *
 * <p>What this node writes is handed in. What others write shows as a gap in the numbers, or when it is looked for now
 * and then, and is read once for all; so the database's work does not grow with those who watch.
 */
final class ListFeed extends AbstractBehavior<ListFeed.Command> {
    private static final int PAGE = 500;

    /** What a feed can be told. */
    sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(ListFeed feed);
    }

    /** Tell {@code follower} all that is written from the first answer on, until it stops. */
    record Follow(ActorRef<Changes> follower) implements Command {
        @Override
        public Behavior<Command> deliverTo(ListFeed feed) {
            return feed.on(this);
        }
    }

    /** This node has written these rows. */
    record Written(List<ChatChange> changes) implements Command {
        @Override
        public Behavior<Command> deliverTo(ListFeed feed) {
            return feed.on(this);
        }
    }

    record FollowerStopped(ActorRef<Changes> follower) implements Command {
        @Override
        public Behavior<Command> deliverTo(ListFeed feed) {
            return feed.on(this);
        }
    }

    record LookNow() implements Command {
        @Override
        public Behavior<Command> deliverTo(ListFeed feed) {
            return feed.on(this);
        }
    }

    record Began(long newest) implements Command {
        @Override
        public Behavior<Command> deliverTo(ListFeed feed) {
            return feed.on(this);
        }
    }

    record Found(List<ChatChange> changes) implements Command {
        @Override
        public Behavior<Command> deliverTo(ListFeed feed) {
            return feed.on(this);
        }
    }

    record ReadFailed(String reason) implements Command {
        @Override
        public Behavior<Command> deliverTo(ListFeed feed) {
            return feed.on(this);
        }
    }

    /** All rows that were written after number {@code from}, up to number {@code to}. */
    record Changes(long from, long to, List<ChatChange> rows) {}

    private final ChatList list;
    private final StreamSettings settings;
    private final TimerScheduler<Command> timers;
    private final Set<ActorRef<Changes>> followers = new LinkedHashSet<>();
    /** Up to where all is told; negative while nobody has asked yet. */
    private long told = -1;

    private boolean reading;
    private boolean readAgain;

    private ListFeed(
            ActorContext<Command> context, TimerScheduler<Command> timers, ChatList list, StreamSettings settings) {
        super(context);
        this.timers = timers;
        this.list = list;
        this.settings = settings;
    }

    static Behavior<Command> create(ChatList list, StreamSettings settings) {
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new ListFeed(context, timers, list, settings)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Command.class, command -> command.deliverTo(this))
                .build();
    }

    Behavior<Command> on(Follow follow) {
        followers.add(follow.follower());
        getContext().watchWith(follow.follower(), new FollowerStopped(follow.follower()));
        if (followers.size() == 1) {
            timers.startTimerWithFixedDelay(new LookNow(), settings.watchPoll());
        }
        if (told < 0) {
            look();
        } else {
            follow.follower().tell(new Changes(told, told, List.of()));
        }
        return this;
    }

    Behavior<Command> on(FollowerStopped stopped) {
        followers.remove(stopped.follower());
        if (followers.isEmpty()) {
            timers.cancelAll();
            told = -1;
        }
        return this;
    }

    Behavior<Command> on(LookNow now) {
        look();
        return this;
    }

    Behavior<Command> on(Written written) {
        List<ChatChange> changes = written.changes();
        if (told < 0 || changes.isEmpty()) {
            return this;
        }
        if (changes.get(0).number() == told + 1 && isGapless(changes)) {
            tell(changes);
        } else {
            look();
        }
        return this;
    }

    private static boolean isGapless(List<ChatChange> changes) {
        return changes.get(changes.size() - 1).number() - changes.get(0).number() == changes.size() - 1;
    }

    private void tell(List<ChatChange> changes) {
        long from = told;
        told = changes.get(changes.size() - 1).number();
        var news = new Changes(from, told, changes);
        followers.forEach(follower -> follower.tell(news));
    }

    private void look() {
        if (reading) {
            readAgain = true;
            return;
        }
        reading = true;
        readAgain = false;
        if (told < 0) {
            getContext()
                    .pipeToSelf(
                            list.newestChange(),
                            (newest, failure) ->
                                    failure == null ? new Began(newest) : new ReadFailed(failure.toString()));
        } else {
            getContext()
                    .pipeToSelf(
                            list.changesAfter(told, Optional.empty(), PAGE),
                            (found, failure) ->
                                    failure == null ? new Found(found) : new ReadFailed(failure.toString()));
        }
    }

    Behavior<Command> on(Began began) {
        reading = false;
        if (!followers.isEmpty()) {
            told = began.newest();
            followers.forEach(follower -> follower.tell(new Changes(told, told, List.of())));
        }
        return this;
    }

    /** What was told meanwhile is not told again. */
    Behavior<Command> on(Found found) {
        reading = false;
        List<ChatChange> news = told < 0
                ? List.of()
                : found.changes().stream()
                        .filter(change -> change.number() > told)
                        .toList();
        if (!news.isEmpty()) {
            tell(news);
        }
        if (found.changes().size() == PAGE || (readAgain && told >= 0)) {
            look();
        }
        return this;
    }

    /** It is looked for again soon in any case. */
    Behavior<Command> on(ReadFailed failed) {
        reading = false;
        getContext().getLog().debug("the list of chats cannot be read: {}", failed.reason());
        return this;
    }
}
