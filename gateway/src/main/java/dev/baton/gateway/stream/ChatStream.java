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
import dev.baton.gateway.stream.ChatStreamCommand.Cut;
import dev.baton.gateway.stream.ChatStreamCommand.EntityStopped;
import dev.baton.gateway.stream.ChatStreamCommand.FromChat;
import dev.baton.gateway.stream.ChatStreamCommand.FromSocket;
import dev.baton.gateway.stream.ChatStreamCommand.Leave;
import dev.baton.gateway.stream.ChatStreamCommand.PageFailed;
import dev.baton.gateway.stream.ChatStreamCommand.PageRead;
import dev.baton.gateway.stream.ChatStreamCommand.PartsPulled;
import dev.baton.gateway.stream.ChatStreamCommand.PositionTold;
import dev.baton.gateway.stream.ChatStreamCommand.StateTold;
import dev.baton.gateway.stream.ChatStreamCommand.TimeIsUp;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.journal.Chat;
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
final class ChatStream extends AbstractBehavior<ChatStreamCommand> implements Narrative.Needs {
    private static final int BATCH = 64;

    private final ChatId chat;
    private final ChatSources sources;
    private final StreamSettings settings;
    private final TimerScheduler<ChatStreamCommand> timers;
    private final Outlet outlet;
    private final Narrative narrative;
    private final PartPulls pulls;
    private final ChatContact<ChatStreamCommand> entity;
    private final RunnerContact runner;
    private final ActorRef<Chat.Current> states;
    private int runners;
    private @Nullable ActorRef<PartBuffer.Pulled> partsOfRunner;
    private @Nullable WireEvent leaving;
    private boolean readsFail;

    private ChatStream(
            ActorContext<ChatStreamCommand> context,
            TimerScheduler<ChatStreamCommand> timers,
            StreamStart start,
            ChatSources sources,
            ActorRef<PartRelays.Command> relays,
            StreamSettings settings) {
        super(context);
        this.chat = start.chat();
        this.sources = sources;
        this.settings = settings;
        this.timers = timers;
        this.outlet = new Outlet(context.getSelf());
        this.entity = new ChatContact<>(
                context,
                chat,
                sources.chats(),
                settings,
                context.messageAdapter(Chat.Update.class, FromChat::new),
                EntityStopped::new);
        this.runner = new RunnerContact(
                chat,
                start.hold(),
                sources.runners(),
                relays,
                context.messageAdapter(
                        RunnerSupervisor.Position.class, position -> new PositionTold(position.position())));
        this.pulls = new PartPulls(
                runner.parts(),
                context.messageAdapter(PartBuffer.Pulled.class, pulled -> new PartsPulled(/* runner= */ 0, pulled)));
        this.narrative = new Narrative(start, settings.buffer(), pulls, this);
        this.states = context.messageAdapter(Chat.Current.class, current -> new StateTold(current.state()));
    }

    static Behavior<ChatStreamCommand> create(
            StreamStart start, ChatSources sources, ActorRef<PartRelays.Command> relays, StreamSettings settings) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            var stream = new ChatStream(context, timers, start, sources, relays, settings);
            stream.after(settings.answerLimit(), TimeIsUp.What.ATTACHING);
            stream.subscribe();
            return stream;
        }));
    }

    @Override
    public Receive<ChatStreamCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(ChatStreamCommand.class, command -> command.deliverTo(this))
                .onSignal(PostStop.class, signal -> onStop())
                .build();
    }

    private void after(Duration delay, TimeIsUp.What what) {
        timers.startSingleTimer(what, new TimeIsUp(what), delay);
    }

    private void subscribe() {
        after(entity.subscribe(), TimeIsUp.What.SUBSCRIBING);
    }

    private Behavior<ChatStreamCommand> advance() {
        tell();
        if (pulls.waits() && !timers.isTimerActive(TimeIsUp.What.PULLING)) {
            after(settings.answerLimit().dividedBy(2), TimeIsUp.What.PULLING);
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

    Behavior<ChatStreamCommand> on(Leave leave) {
        leaving = leave.word();
        return advance();
    }

    Behavior<ChatStreamCommand> on(Cut cut) {
        outlet.cut();
        return Behaviors.stopped();
    }

    Behavior<ChatStreamCommand> on(FromSocket from) {
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

    Behavior<ChatStreamCommand> on(FromChat from) {
        if (from.update() instanceof Chat.Subscribed subscribed) {
            timers.cancel(TimeIsUp.What.SUBSCRIBING);
            entity.subscribed(subscribed.entity());
            followRunner(runner.changesTo(subscribed.state().hold()));
            narrative.subscribed(subscribed.state());
        } else if (from.update() instanceof Chat.Committed committed) {
            followRunner(runner.changesBy(committed));
            narrative.committed(committed);
        }
        return advance();
    }

    /** What the runner before still answers comes to an actor that is gone. */
    private void followRunner(boolean changed) {
        if (!changed) {
            return;
        }
        if (partsOfRunner != null) {
            getContext().stop(partsOfRunner);
        }
        runners++;
        int current = runners;
        ActorRef<ChatStreamCommand> self = getContext().getSelf();
        partsOfRunner = getContext().spawnAnonymous(Behaviors.receiveMessage(pulled -> {
            self.tell(new PartsPulled(current, pulled));
            return Behaviors.same();
        }));
        timers.cancel(TimeIsUp.What.PULLING);
        pulls.from(runner.parts(), partsOfRunner);
    }

    Behavior<ChatStreamCommand> on(EntityStopped stopped) {
        if (entity.lost(stopped.entity())) {
            after(settings.retryDelay(), TimeIsUp.What.SUBSCRIBING);
        }
        return this;
    }

    Behavior<ChatStreamCommand> on(StateTold told) {
        timers.cancel(TimeIsUp.What.ANSWERING);
        narrative.stateTold(told.state());
        return advance();
    }

    Behavior<ChatStreamCommand> on(PageRead read) {
        readsFail = false;
        if (!narrative.pageRead(read.page())) {
            after(settings.retryDelay(), TimeIsUp.What.READING);
        }
        return advance();
    }

    /** Once for each time that it fails: with many sockets the database's absence would fill the log. */
    Behavior<ChatStreamCommand> on(PageFailed failed) {
        if (!readsFail) {
            readsFail = true;
            getContext().getLog().warn("chat {}: its journal cannot be read ({}); trying again", chat, failed.reason());
        }
        after(settings.retryDelay(), TimeIsUp.What.READING);
        return this;
    }

    Behavior<ChatStreamCommand> on(PartsPulled from) {
        if (from.runner() == runners) {
            pulls.on(from.pulled());
        }
        return advance();
    }

    Behavior<ChatStreamCommand> on(PositionTold told) {
        narrative.position(told.position());
        return advance();
    }

    Behavior<ChatStreamCommand> on(TimeIsUp over) {
        switch (over.what()) {
            case ATTACHING -> {
                return Behaviors.stopped();
            }
            case SUBSCRIBING -> subscribe();
            case READING -> narrative.readAgain();
            case ANSWERING -> narrative.stateUntold();
            case PULLING -> pulls.look();
        }
        return advance();
    }

    private Behavior<ChatStreamCommand> onStop() {
        outlet.end();
        pulls.cancel();
        entity.end();
        runner.end();
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
}
