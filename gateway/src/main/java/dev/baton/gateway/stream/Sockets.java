package dev.baton.gateway.stream;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import dev.baton.gateway.auth.Caller;
import dev.baton.gateway.auth.TokenEnds;
import dev.baton.gateway.stream.WatchStream.WatchStart;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.view.ChatChange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/** All sockets of a node: opens them, counts them, and sends them away when the node leaves. */
public final class Sockets {
    private final ActorRef<SocketRegistry.Command> registry;
    private final ActorSystem<?> system;
    private final ChatList list;
    private final StreamSettings settings;

    private Sockets(
            ActorRef<SocketRegistry.Command> registry, ActorSystem<?> system, ChatList list, StreamSettings settings) {
        this.registry = registry;
        this.list = list;
        this.system = system;
        this.settings = settings;
    }

    /**
     * {@code ends}: sockets end with the token of who opened them; {@code jitter}: numbers from 0 to 1 that spread the
     * clients' return after a drain.
     */
    public static Sockets start(
            ActorSystem<?> system,
            ChatSources sources,
            TokenEnds ends,
            StreamSettings settings,
            DoubleSupplier jitter) {
        return new Sockets(
                system.systemActorOf(SocketRegistry.create(sources, ends, settings, jitter), "sockets", Props.empty()),
                system,
                sources.list(),
                settings);
    }

    /**
     * A socket of {@code caller} that follows {@code chat}: behind the cursor {@code after}, or from how the chat is. Connect it soon, and
     * once.
     */
    public CompletionStage<Socket> follow(Caller caller, ChatState chat, Optional<String> after) {
        StreamStart start = StreamStart.of(chat, after);
        return open(replyTo -> new SocketRegistry.OpenChat(start, caller, replyTo));
    }

    /**
     * A socket of {@code caller} that follows the list of {@code owner}'s chats, or of all: behind the cursor {@code after},
     * or from now on.
     */
    public CompletionStage<Socket> watch(Caller caller, Optional<String> owner, Optional<String> after) {
        Optional<Long> number = after.map(Sockets::changeNumber);
        return list.newestChange().thenCompose(newest -> {
            long start = number.orElse(newest);
            if (start > newest) {
                throw unknown(after.orElse(""));
            }
            return open(replyTo -> new SocketRegistry.OpenWatch(new WatchStart(owner, start), caller, replyTo));
        });
    }

    private static long changeNumber(String cursor) {
        if (!cursor.matches("0|[1-9][0-9]{0,17}")) {
            throw unknown(cursor);
        }
        return Long.parseLong(cursor);
    }

    private static ChatException unknown(String cursor) {
        return new ChatException(
                ErrorCode.CURSOR_UNKNOWN, "cursor %s leads nowhere; it is the id of an event, or 0".formatted(cursor));
    }

    private CompletionStage<Socket> open(Function<ActorRef<SocketRegistry.Opening>, SocketRegistry.Command> question) {
        return AskPattern.<SocketRegistry.Command, SocketRegistry.Opening>ask(
                        registry, question::apply, settings.answerLimit(), system.scheduler())
                .thenApply(Sockets::opened);
    }

    /** This node has written these rows of the list; those who watch it are told. Never blocks. */
    public void rowsWritten(List<ChatChange> changes) {
        registry.tell(new SocketRegistry.RowsWritten(changes));
    }

    private static Socket opened(SocketRegistry.Opening opening) {
        if (opening instanceof SocketRegistry.Opened opened) {
            return opened.socket();
        }
        throw new ChatException(ErrorCode.SHUTTING_DOWN, "this node is leaving; come back to any other");
    }

    public CompletionStage<Integer> count() {
        return count(settings.answerLimit());
    }

    /** How many are open; fails when it takes longer than {@code limit}. */
    public CompletionStage<Integer> count(Duration limit) {
        return AskPattern.ask(registry, SocketRegistry.Count::new, limit, system.scheduler());
    }

    /** How many there are and what they follow, in words for people. */
    public CompletionStage<String> open() {
        return AskPattern.ask(registry, SocketRegistry.Describe::new, settings.answerLimit(), system.scheduler());
    }

    /**
     * Tells everyone to come back elsewhere and waits until all are gone, at most {@code limit}: then those who are left
     * are named in the log and cut. From now on nobody gets in. Harmless again and from several threads.
     */
    public CompletionStage<Done> drain(Duration limit) {
        return AskPattern.<SocketRegistry.Command, SocketRegistry.Drained>ask(
                        registry,
                        replyTo -> new SocketRegistry.Drain(limit, replyTo),
                        limit.plus(settings.answerLimit()),
                        system.scheduler())
                .thenApply(drained -> Done.getInstance());
    }
}
