package dev.baton.gateway.stream;

import akka.Done;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.DoubleSupplier;

/** All sockets of a node: opens them, counts them, and sends them away when the node leaves. */
public final class Sockets {
    private final ActorRef<SocketRegistry.Command> registry;
    private final ActorSystem<?> system;
    private final StreamSettings settings;

    private Sockets(ActorRef<SocketRegistry.Command> registry, ActorSystem<?> system, StreamSettings settings) {
        this.registry = registry;
        this.system = system;
        this.settings = settings;
    }

    /** {@code jitter}: numbers from 0 to 1 that spread the clients' return after a drain. */
    public static Sockets start(
            ActorSystem<?> system, ChatSources sources, StreamSettings settings, DoubleSupplier jitter) {
        return new Sockets(
                system.systemActorOf(SocketRegistry.create(sources, settings, jitter), "sockets", Props.empty()),
                system,
                settings);
    }

    /**
     * A socket that follows {@code chat}: behind the cursor {@code after}, or from how the chat is. Connect it soon, and
     * once.
     */
    public CompletionStage<Socket> follow(ChatState chat, Optional<String> after) {
        StreamStart start = StreamStart.of(chat, after);
        return AskPattern.<SocketRegistry.Command, SocketRegistry.Opening>ask(
                        registry,
                        replyTo -> new SocketRegistry.OpenChat(start, replyTo),
                        settings.answerLimit(),
                        system.scheduler())
                .thenApply(Sockets::opened);
    }

    private static Socket opened(SocketRegistry.Opening opening) {
        if (opening instanceof SocketRegistry.Opened opened) {
            return opened.socket();
        }
        throw new ChatException(ErrorCode.SHUTTING_DOWN, "this node is leaving; come back to any other");
    }

    public CompletionStage<Integer> count() {
        return AskPattern.ask(registry, SocketRegistry.Count::new, settings.answerLimit(), system.scheduler());
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
