package dev.baton.persistence.journal;

import akka.actor.Cancellable;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ErrorCode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Asks chats from outside of actors. Answers that do not come in time fail with {@link ErrorCode#TIMED_OUT}.
 *
 * <p>What is said to a chat while its shard moves may be lost. So what does no harm when a chat hears it twice is said again
 * while there is no answer: reading, and sends and creations that the client has given a name.
 */
public final class ChatAsk {
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Chats chats;
    private final ActorSystem<?> system;
    private final Duration again;

    public ChatAsk(Chats chats, ActorSystem<?> system) {
        this(chats, system, AGAIN);
    }

    ChatAsk(Chats chats, ActorSystem<?> system, Duration again) {
        this.chats = chats;
        this.system = system;
        this.again = again;
    }

    /** After a time-out the command may still be carried out; sends can be repeated by their client message id. */
    public CompletionStage<Chat.Reply> execute(ChatId chat, ChatCommand command, Duration limit) {
        return ask(chat, replyTo -> new Chat.Execute(command, replyTo), limit, hasName(command));
    }

    /** The chat as it is; {@link ChatState#exists()} may be false. */
    public CompletionStage<ChatState> current(ChatId chat, Duration limit) {
        return this.<Chat.Current>ask(chat, Chat.Get::new, limit, /* repeatable= */ true)
                .thenApply(Chat.Current::state);
    }

    /** The question goes by {@link Chats}; what the pattern itself sends says nothing and goes nowhere. */
    private <T> CompletionStage<T> ask(
            ChatId chat, Function<ActorRef<T>, Chat.Command> question, Duration limit, boolean repeatable) {
        var ended = new CompletableFuture<Void>();
        CompletionStage<T> answer = AskPattern.<Object, T>ask(
                system.<Object>ignoreRef(),
                replyTo -> {
                    Chat.Command command = question.apply(replyTo);
                    chats.tell(chat, command);
                    if (repeatable) {
                        Cancellable repeating = repeat(() -> chats.tell(chat, command));
                        var unused = ended.whenComplete((end, never) -> repeating.cancel());
                    }
                    return "";
                },
                limit,
                system.scheduler());
        return answer.whenComplete((said, failure) -> ended.complete(null))
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(explained(failure, chat, limit)));
    }

    private Cancellable repeat(Runnable saying) {
        return system.scheduler().scheduleAtFixedRate(again, again, saying, system.executionContext());
    }

    /** A chat carries out what has a name once, and answers each time. */
    private static boolean hasName(ChatCommand command) {
        if (command instanceof ChatCommand.SendMessage send) {
            return send.message().clientMessageId() != null;
        }
        return command instanceof ChatCommand.Create create && create.requestKey() != null;
    }

    private static Throwable explained(Throwable failure, ChatId chat, Duration limit) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException
                ? new ChatException(ErrorCode.TIMED_OUT, "chat " + chat + " did not answer within " + limit, cause)
                : cause;
    }
}
