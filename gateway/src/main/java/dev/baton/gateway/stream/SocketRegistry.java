package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import dev.baton.gateway.auth.Caller;
import dev.baton.gateway.auth.TokenEnds;
import dev.baton.gateway.stream.WatchStream.WatchStart;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.view.ChatChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;

/**
 * The parent of all sockets of a node: it counts them, and sends them away when the node leaves. From the moment it
 * drains it takes no newcomers, and it says so when the last one is gone.
 */
final class SocketRegistry extends AbstractBehavior<SocketRegistry.Command> {
    private static final int NAMES_IN_LOG = 20;
    /** Sockets that were opened at once leave within this part of their age, not at once. */
    private static final double AGE_SPREAD = 0.25;

    /** A client that does not read its last word by then is cut. */
    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    /** What a registry can be told. */
    sealed interface Command {
        /** Calls this command's handler; without one it does not compile. */
        Behavior<Command> deliverTo(SocketRegistry registry);
    }

    record OpenChat(StreamStart start, Caller caller, ActorRef<Opening> replyTo) implements Command {
        @Override
        public Behavior<Command> deliverTo(SocketRegistry registry) {
            return registry.on(this);
        }
    }

    record OpenWatch(WatchStart start, Caller caller, ActorRef<Opening> replyTo) implements Command {
        @Override
        public Behavior<Command> deliverTo(SocketRegistry registry) {
            return registry.on(this);
        }
    }

    /** This node has written these rows of the list. */
    record RowsWritten(List<ChatChange> changes) implements Command {
        @Override
        public Behavior<Command> deliverTo(SocketRegistry registry) {
            return registry.on(this);
        }
    }

    /** Send everyone away; whoever is left at the limit is cut. Told again it answers when the first time is through. */
    record Drain(Duration limit, ActorRef<Drained> replyTo) implements Command {
        @Override
        public Behavior<Command> deliverTo(SocketRegistry registry) {
            return registry.on(this);
        }
    }

    record Count(ActorRef<Integer> replyTo) implements Command {
        @Override
        public Behavior<Command> deliverTo(SocketRegistry registry) {
            return registry.on(this);
        }
    }

    /** Say in words for people who is here. */
    record Describe(ActorRef<String> replyTo) implements Command {
        @Override
        public Behavior<Command> deliverTo(SocketRegistry registry) {
            return registry.on(this);
        }
    }

    record SocketStopped(ActorRef<?> socket) implements Command {
        @Override
        public Behavior<Command> deliverTo(SocketRegistry registry) {
            return registry.on(this);
        }
    }

    /** {@code socket} is about as old as one may get. */
    record OldEnough(ActorRef<?> socket) implements Command {
        @Override
        public Behavior<Command> deliverTo(SocketRegistry registry) {
            return registry.on(this);
        }
    }

    /** The token of who opened {@code socket} has ended. */
    record TokenEnded(ActorRef<?> socket, TokenEnds.Ending why) implements Command {
        @Override
        public Behavior<Command> deliverTo(SocketRegistry registry) {
            return registry.on(this);
        }
    }

    /** {@code socket} had the time to say its last word. */
    record Overdue(ActorRef<?> socket) implements Command {
        @Override
        public Behavior<Command> deliverTo(SocketRegistry registry) {
            return registry.on(this);
        }
    }

    record LimitReached(Duration limit) implements Command {
        @Override
        public Behavior<Command> deliverTo(SocketRegistry registry) {
            return registry.on(this);
        }
    }

    /** What became of a wish for a socket. */
    sealed interface Opening {}

    record Opened(Socket socket) implements Opening {}

    /** This node is leaving. */
    record Draining() implements Opening {}

    /** {@code cut}: how many did not leave by themselves. */
    record Drained(int cut) {}

    /**
     * A socket under its name for people, how to end it, with a last word or at once, and what to run when it has ended.
     */
    private record Open(String name, Consumer<WireEvent> lastWord, Runnable cut, Runnable gone) {
        void sendBack(Duration delay) {
            lastWord.accept(WireEvent.reconnect(delay));
        }
    }

    private final TimerScheduler<Command> timers;
    private final ChatSources sources;
    private final TokenEnds ends;
    private final ActorRef<ListFeed.Command> feed;
    private final ActorRef<PartRelays.Command> relays;
    private final StreamSettings settings;
    private final DoubleSupplier jitter;
    private final Map<ActorRef<?>, Open> open = new LinkedHashMap<>();
    private final List<ActorRef<Drained>> waiters = new ArrayList<>();
    private boolean draining;
    private int cut;

    private SocketRegistry(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            ChatSources sources,
            TokenEnds ends,
            StreamSettings settings,
            DoubleSupplier jitter) {
        super(context);
        this.timers = timers;
        this.sources = sources;
        this.ends = ends;
        this.settings = settings;
        this.jitter = jitter;
        this.feed = context.spawn(ListFeed.create(sources.list(), settings), "list");
        this.relays = context.spawn(PartRelays.create(settings.answerLimit()), "relays");
    }

    /** {@code jitter}: numbers from 0 to 1 that spread the clients' return. */
    static Behavior<Command> create(
            ChatSources sources, TokenEnds ends, StreamSettings settings, DoubleSupplier jitter) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new SocketRegistry(context, timers, sources, ends, settings, jitter)));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Command.class, command -> command.deliverTo(this))
                .build();
    }

    Behavior<Command> on(OpenChat wish) {
        if (draining) {
            wish.replyTo().tell(new Draining());
            return this;
        }
        ChatId chat = wish.start().chat();
        ActorRef<ChatStreamCommand> stream =
                getContext().spawnAnonymous(ChatStream.create(wish.start(), sources, relays, settings));
        opened(
                stream,
                new Open(
                        "chat " + chat,
                        word -> stream.tell(new ChatStreamCommand.Leave(word)),
                        () -> stream.tell(new ChatStreamCommand.Cut()),
                        watchToken(wish.caller(), stream)));
        wish.replyTo().tell(new Opened(Socket.of(stream, ChatStreamCommand.FromSocket::new, settings)));
        return this;
    }

    Behavior<Command> on(OpenWatch wish) {
        if (draining) {
            wish.replyTo().tell(new Draining());
            return this;
        }
        ActorRef<WatchStream.Command> stream =
                getContext().spawnAnonymous(WatchStream.create(wish.start(), feed, sources.list(), settings));
        opened(
                stream,
                new Open(
                        "list of " + wish.start().owner().orElse("everyone"),
                        word -> stream.tell(new WatchStream.Leave(word)),
                        () -> stream.tell(new WatchStream.Cut()),
                        watchToken(wish.caller(), stream)));
        wish.replyTo().tell(new Opened(Socket.of(stream, WatchStream.FromSocket::new, settings)));
        return this;
    }

    Behavior<Command> on(RowsWritten written) {
        feed.tell(new ListFeed.Written(written.changes()));
        return this;
    }

    private Runnable watchToken(Caller caller, ActorRef<?> socket) {
        ActorRef<Command> self = getContext().getSelf();
        return ends.watch(caller, why -> self.tell(new TokenEnded(socket, why)));
    }

    private void opened(ActorRef<?> socket, Open how) {
        open.put(socket, how);
        double age = settings.maxAge().toMillis() * (1 - AGE_SPREAD * jitter.getAsDouble());
        timers.startSingleTimer(socket, new OldEnough(socket), Duration.ofMillis((long) age));
        getContext().watchWith(socket, new SocketStopped(socket));
    }

    Behavior<Command> on(Count count) {
        count.replyTo().tell(open.size());
        return this;
    }

    Behavior<Command> on(Describe describe) {
        describe.replyTo().tell(open.size() + " sockets (" + names() + ")");
        return this;
    }

    Behavior<Command> on(Drain drain) {
        waiters.add(drain.replyTo());
        if (!draining) {
            draining = true;
            open.values().forEach(socket -> socket.sendBack(spread()));
            timers.startSingleTimer(new LimitReached(drain.limit()), drain.limit());
        }
        return answerWhenEmpty();
    }

    private Duration spread() {
        return Duration.ofMillis((long) (settings.reconnectSpread().toMillis() * jitter.getAsDouble()));
    }

    Behavior<Command> on(SocketStopped stopped) {
        Open socket = open.remove(stopped.socket());
        if (socket != null) {
            socket.gone().run();
        }
        timers.cancel(stopped.socket());
        return draining ? answerWhenEmpty() : this;
    }

    Behavior<Command> on(OldEnough old) {
        Open socket = open.get(old.socket());
        if (socket != null && !draining) {
            socket.sendBack(spread());
        }
        return this;
    }

    Behavior<Command> on(TokenEnded ended) {
        Open socket = open.get(ended.socket());
        if (socket != null) {
            socket.lastWord().accept(WireEvent.unauthenticated(ended.why()));
            timers.startSingleTimer(ended.socket(), new Overdue(ended.socket()), LAST_WORD);
        }
        return this;
    }

    Behavior<Command> on(Overdue overdue) {
        Open socket = open.get(overdue.socket());
        if (socket != null) {
            socket.cut().run();
        }
        return this;
    }

    Behavior<Command> on(LimitReached reached) {
        if (open.isEmpty()) {
            return this;
        }
        cut = open.size();
        getContext().getLog().warn("sockets left after {}, cut now: {} ({})", reached.limit(), cut, names());
        open.values().forEach(socket -> socket.cut().run());
        return this;
    }

    private String names() {
        return open.values().stream().limit(NAMES_IN_LOG).map(Open::name).collect(Collectors.joining(", "));
    }

    private Behavior<Command> answerWhenEmpty() {
        if (open.isEmpty()) {
            timers.cancelAll();
            waiters.forEach(waiter -> waiter.tell(new Drained(cut)));
            waiters.clear();
        }
        return this;
    }
}
