package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.baton.persistence.view.ChatChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells one client how the rows of its owner's chats change. The cursor is the number of the change told last. What the
 * client has no room for is forgotten here and read from the list later, each row as it is then.
 */
final class WatchStream extends AbstractBehavior<WatchStream.Command> {

    /** What a watching stream can be told. */
    sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(WatchStream stream);
    }

    /** Tell the client {@code word}, then end. Harmless again. */
    record Leave(WireEvent word) implements Command {
        @Override
        public Behavior<Command> deliverTo(WatchStream stream) {
            return stream.on(this);
        }
    }

    /** End now, whatever the client does. */
    record Cut() implements Command {
        @Override
        public Behavior<Command> deliverTo(WatchStream stream) {
            return stream.on(this);
        }
    }

    record FromSocket(Socket.Signal signal) implements Command {
        @Override
        public Behavior<Command> deliverTo(WatchStream stream) {
            return stream.on(this);
        }
    }

    record FromFeed(ListFeed.Changes changes) implements Command {
        @Override
        public Behavior<Command> deliverTo(WatchStream stream) {
            return stream.on(this);
        }
    }

    /** All rows up to number {@code to}, or the first of them. */
    record Found(long to, List<ChatChange> changes) implements Command {
        @Override
        public Behavior<Command> deliverTo(WatchStream stream) {
            return stream.on(this);
        }
    }

    record ReadFailed(String reason) implements Command {
        @Override
        public Behavior<Command> deliverTo(WatchStream stream) {
            return stream.on(this);
        }
    }

    enum TimeIsUp implements Command {
        ATTACHING,
        READING;

        @Override
        public Behavior<Command> deliverTo(WatchStream stream) {
            return stream.on(this);
        }
    }

    private final Optional<String> owner;
    private final ChatList list;
    private final StreamSettings settings;
    private final TimerScheduler<Command> timers;
    private final Outlet outlet;
    private final WatchedChanges changes;
    private @Nullable WireEvent leaving;
    private boolean greeted;
    private boolean reading;

    private WatchStream(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            WatchStart start,
            ChatList list,
            StreamSettings settings) {
        super(context);
        this.owner = start.owner();
        this.list = list;
        this.settings = settings;
        this.timers = timers;
        this.outlet = new Outlet(context.getSelf());
        this.changes = new WatchedChanges(start.owner(), start.after(), settings.buffer());
    }

    /** Whose chats are watched, everyone's without an owner, and the number of the change that was seen last. */
    record WatchStart(Optional<String> owner, long after) {}

    static Behavior<Command> create(
            WatchStart start, ActorRef<ListFeed.Command> feed, ChatList list, StreamSettings settings) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var stream = new WatchStream(context, timers, start, list, settings);
            stream.timers.startSingleTimer(TimeIsUp.ATTACHING, TimeIsUp.ATTACHING, settings.answerLimit());
            feed.tell(new ListFeed.Follow(context.messageAdapter(ListFeed.Changes.class, FromFeed::new)));
            return stream;
        }));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Command.class, command -> command.deliverTo(this))
                .onSignal(PostStop.class, signal -> onStop())
                .build();
    }

    private Behavior<Command> advance() {
        if (!outlet.isReady()) {
            return this;
        }
        if (leaving != null) {
            outlet.send(List.of(frame(leaving)));
            outlet.complete();
        } else if (!greeted) {
            greeted = true;
            outlet.send(List.of(frame(WireEvent.ready())));
        } else {
            tellChanges();
        }
        return this;
    }

    private Frame frame(WireEvent event) {
        return Frame.of(Long.toString(changes.told()), event);
    }

    private void tellChanges() {
        List<ChatChange> next = changes.take();
        if (!next.isEmpty()) {
            var frames = new ArrayList<Frame>();
            next.forEach(change -> frames.add(Frame.of(Long.toString(change.number()), WireEvent.row(change.row()))));
            outlet.send(frames);
        } else if (changes.isBehind() && !reading) {
            read();
        }
    }

    private void read() {
        reading = true;
        long to = changes.keptFrom();
        getContext()
                .pipeToSelf(
                        list.changesAfter(changes.told(), owner, settings.page()),
                        (found, failure) ->
                                failure == null ? new Found(to, found) : new ReadFailed(failure.toString()));
    }

    Behavior<Command> on(Leave leave) {
        leaving = leave.word();
        return advance();
    }

    Behavior<Command> on(Cut cut) {
        outlet.cut();
        return Behaviors.stopped();
    }

    Behavior<Command> on(FromSocket from) {
        Socket.Signal signal = from.signal();
        if (signal instanceof Socket.Closed) {
            return Behaviors.stopped();
        }
        if (signal instanceof Socket.Attached attached) {
            timers.cancel(TimeIsUp.ATTACHING);
            outlet.attached(attached);
        } else {
            outlet.taken();
        }
        return advance();
    }

    Behavior<Command> on(FromFeed from) {
        changes.add(from.changes());
        return advance();
    }

    Behavior<Command> on(Found found) {
        reading = false;
        changes.found(found.changes(), found.changes().size() < settings.page() ? found.to() : 0);
        return advance();
    }

    Behavior<Command> on(ReadFailed failed) {
        getContext().getLog().debug("the list of chats cannot be read: {}", failed.reason());
        timers.startSingleTimer(TimeIsUp.READING, TimeIsUp.READING, settings.retryDelay());
        return this;
    }

    Behavior<Command> on(TimeIsUp over) {
        if (over == TimeIsUp.ATTACHING) {
            return Behaviors.stopped();
        }
        reading = false;
        return advance();
    }

    private Behavior<Command> onStop() {
        outlet.end();
        return this;
    }
}
