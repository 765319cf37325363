package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.stream.javadsl.Sink;
import dev.baton.gateway.stream.RunnerNodes.RunnerNode;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.ChatJournal.Entry;
import dev.baton.runner.RunnerSupervisor;
import dev.baton.runner.episode.PartBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells one client about one chat, from where it is on: what the journal has, then what is committed and streamed now.
 *
 * <p>Everything is pulled by the client's demand. What comes by itself, committed events, is kept up to a bound; the
 * rest is read from the journal when it is its turn. So a slow client costs a bounded amount of memory and misses
 * nothing. {@link Narrative} decides what comes next; this actor brings what it asks for.
 */
final class ChatStream extends AbstractBehavior<ChatStream.Command> implements Narrative.Needs {
    private static final int BATCH = 64;

    /** What a stream can be told. */
    sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(ChatStream stream);
    }

    /** Tell the client to come back after {@code delay}, then end. Harmless again. */
    record Leave(Duration delay) implements Command {
        @Override
        public Behavior<Command> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    /** End now, whatever the client does. */
    record Cut() implements Command {
        @Override
        public Behavior<Command> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record FromSocket(Socket.Signal signal) implements Command {
        @Override
        public Behavior<Command> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record FromChat(Chat.Update update) implements Command {
        @Override
        public Behavior<Command> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record StateTold(ChatState state) implements Command {
        @Override
        public Behavior<Command> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record PageRead(List<Entry> page) implements Command {
        @Override
        public Behavior<Command> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record PageFailed(String reason) implements Command {
        @Override
        public Behavior<Command> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record PartsPulled(PartBuffer.Pulled pulled) implements Command {
        @Override
        public Behavior<Command> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record PartsCollected(PartBuffer.Collected collected) implements Command {
        @Override
        public Behavior<Command> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record PositionTold(int position) implements Command {
        @Override
        public Behavior<Command> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    record EntityStopped(ActorRef<Chat.Command> entity) implements Command {
        @Override
        public Behavior<Command> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    /** The time set for {@code what} is over. */
    record TimeIsUp(What what) implements Command {
        enum What {
            ATTACHING,
            SUBSCRIBING,
            READING,
            ANSWERING,
            PULLING
        }

        @Override
        public Behavior<Command> deliverTo(ChatStream stream) {
            return stream.on(this);
        }
    }

    private final ChatId chat;
    private final ChatSources sources;
    private final StreamSettings settings;
    private final TimerScheduler<Command> timers;
    private final Outlet outlet;
    private final Narrative narrative;
    private final PartPulls pulls;
    private final ActorRef<Chat.Update> updates;
    private final ActorRef<Chat.Current> states;
    private final ActorRef<PartBuffer.Collected> collections;
    private final ActorRef<RunnerSupervisor.Position> positions;
    private @Nullable ActorRef<Chat.Command> entity;
    private @Nullable Duration leaving;
    private boolean readsFail;
    private RunnerNode runner;
    private Duration patience;

    private ChatStream(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            StreamStart start,
            ChatSources sources,
            StreamSettings settings) {
        super(context);
        this.chat = start.chat();
        this.sources = sources;
        this.settings = settings;
        this.timers = timers;
        this.outlet = new Outlet(context.getSelf());
        this.runner = start.runner()
                .map(sources.runners()::at)
                .orElse(sources.runners().here());
        this.patience = settings.answerLimit();
        this.pulls = new PartPulls(runner.parts(), context.messageAdapter(PartBuffer.Pulled.class, PartsPulled::new));
        this.narrative = new Narrative(start, settings.buffer(), pulls, this);
        this.updates = context.messageAdapter(Chat.Update.class, FromChat::new);
        this.states = context.messageAdapter(Chat.Current.class, current -> new StateTold(current.state()));
        this.collections = context.messageAdapter(PartBuffer.Collected.class, PartsCollected::new);
        this.positions = context.messageAdapter(
                RunnerSupervisor.Position.class, position -> new PositionTold(position.position()));
    }

    static Behavior<Command> create(StreamStart start, ChatSources sources, StreamSettings settings) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var stream = new ChatStream(context, timers, start, sources, settings);
            stream.after(settings.answerLimit(), TimeIsUp.What.ATTACHING);
            stream.subscribe();
            stream.runner.supervisor().tell(new RunnerSupervisor.WatchPosition(stream.chat, stream.positions));
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

    private void after(Duration delay, TimeIsUp.What what) {
        timers.startSingleTimer(what, new TimeIsUp(what), delay);
    }

    /** Asks again until the chat has answered, since what is told to a chat may be lost. */
    private void subscribe() {
        sources.chats().tell(chat, new Chat.Subscribe(updates));
        after(patience, TimeIsUp.What.SUBSCRIBING);
        Duration longer = patience.multipliedBy(2);
        patience = longer.compareTo(settings.answerLimit()) < 0 ? longer : settings.answerLimit();
    }

    private Behavior<Command> advance() {
        tell();
        if (pulls.waits() && !timers.isTimerActive(TimeIsUp.What.PULLING)) {
            after(settings.answerLimit(), TimeIsUp.What.PULLING);
        }
        return this;
    }

    private void tell() {
        while (outlet.isReady()) {
            if (leaving != null) {
                outlet.send(List.of(narrative.farewell(leaving)));
                outlet.complete();
                return;
            }
            var batch = new ArrayList<Frame>();
            while (batch.size() < BATCH && narrative.hasNext()) {
                batch.add(narrative.next());
            }
            if (batch.isEmpty()) {
                return;
            }
            outlet.send(batch);
        }
    }

    Behavior<Command> on(Leave leave) {
        leaving = leave.delay();
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
            timers.cancel(TimeIsUp.What.ATTACHING);
            outlet.attached(attached);
        } else {
            outlet.taken();
        }
        return advance();
    }

    Behavior<Command> on(FromChat from) {
        if (from.update() instanceof Chat.Subscribed subscribed) {
            timers.cancel(TimeIsUp.What.SUBSCRIBING);
            patience = settings.answerLimit();
            watch(subscribed.entity());
            runsAt(subscribed.state().hold().node());
            narrative.subscribed(subscribed.state());
        } else if (from.update() instanceof Chat.Committed committed) {
            for (ChatEvent event : committed.events()) {
                if (event instanceof ChatEvent.RunnerAssigned assigned) {
                    runsAt(assigned.node());
                }
            }
            narrative.committed(committed);
        }
        return advance();
    }

    /** What was asked of another node before may never be answered. */
    private void runsAt(@Nullable NodeId node) {
        RunnerNode now = node == null ? runner : sources.runners().at(node);
        if (now.equals(runner)) {
            return;
        }
        runner.supervisor().tell(new RunnerSupervisor.UnwatchPosition(chat, positions));
        runner = now;
        runner.supervisor().tell(new RunnerSupervisor.WatchPosition(chat, positions));
        pulls.from(runner.parts());
        timers.cancel(TimeIsUp.What.ANSWERING);
        narrative.unanswered();
    }

    private void watch(ActorRef<Chat.Command> current) {
        if (entity != null) {
            getContext().unwatch(entity);
        }
        entity = current;
        getContext().watchWith(current, new EntityStopped(current));
    }

    Behavior<Command> on(EntityStopped stopped) {
        if (stopped.entity().equals(entity)) {
            entity = null;
            patience = settings.retryDelay();
            after(settings.retryDelay(), TimeIsUp.What.SUBSCRIBING);
        }
        return this;
    }

    Behavior<Command> on(StateTold told) {
        timers.cancel(TimeIsUp.What.ANSWERING);
        narrative.stateTold(told.state());
        return advance();
    }

    Behavior<Command> on(PageRead read) {
        readsFail = false;
        if (!narrative.pageRead(read.page())) {
            after(settings.retryDelay(), TimeIsUp.What.READING);
        }
        return advance();
    }

    /** Once for each time that it fails: with many sockets the database's absence would fill the log. */
    Behavior<Command> on(PageFailed failed) {
        if (!readsFail) {
            readsFail = true;
            getContext().getLog().warn("chat {}: its journal cannot be read ({}); trying again", chat, failed.reason());
        }
        after(settings.retryDelay(), TimeIsUp.What.READING);
        return this;
    }

    Behavior<Command> on(PartsPulled from) {
        pulls.on(from.pulled());
        return advance();
    }

    Behavior<Command> on(PartsCollected from) {
        timers.cancel(TimeIsUp.What.ANSWERING);
        narrative.partsCollected(from.collected());
        return advance();
    }

    Behavior<Command> on(PositionTold told) {
        narrative.position(told.position());
        return advance();
    }

    Behavior<Command> on(TimeIsUp over) {
        switch (over.what()) {
            case ATTACHING -> {
                return Behaviors.stopped();
            }
            case SUBSCRIBING -> subscribe();
            case READING -> narrative.readAgain();
            case ANSWERING -> narrative.unanswered();
            case PULLING -> pulls.again();
        }
        return advance();
    }

    private Behavior<Command> onStop() {
        outlet.end();
        pulls.cancel();
        sources.chats().tell(chat, new Chat.Unsubscribe(updates));
        runner.supervisor().tell(new RunnerSupervisor.UnwatchPosition(chat, positions));
        return this;
    }

    @Override
    public void read(long first, long last) {
        long end = Math.min(last, first + settings.page() - 1);
        getContext()
                .pipeToSelf(
                        sources.journal()
                                .read(chat, first, end)
                                .completionTimeout(settings.answerLimit())
                                .runWith(Sink.seq(), getContext().getSystem()),
                        (page, failure) -> failure == null ? new PageRead(page) : new PageFailed(failure.toString()));
    }

    @Override
    public void state() {
        sources.chats().tell(chat, new Chat.Get(states));
        after(settings.answerLimit(), TimeIsUp.What.ANSWERING);
    }

    @Override
    public void collect(EpisodeKey episode) {
        runner.parts().tell(new PartBuffer.Collect(episode, collections));
        after(settings.answerLimit(), TimeIsUp.What.ANSWERING);
    }
}
