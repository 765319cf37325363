package dev.baton.persistence.journal;

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

/** Asks chats from outside of actors. Answers that do not come in time fail with {@link ErrorCode#TIMED_OUT}. */
public final class ChatAsk {
    private final Chats chats;
    private final ActorSystem<?> system;

    public ChatAsk(Chats chats, ActorSystem<?> system) {
        this.chats = chats;
        this.system = system;
    }

    /** After a time-out the command may still be carried out; sends can be repeated by their client message id. */
    public CompletionStage<Chat.Reply> execute(ChatId chat, ChatCommand command, Duration limit) {
        return ask(chat, replyTo -> new Chat.Execute(command, replyTo), limit);
    }

    /** The chat as it is; {@link ChatState#exists()} may be false. */
    public CompletionStage<ChatState> current(ChatId chat, Duration limit) {
        return this.<Chat.Current>ask(chat, Chat.Get::new, limit).thenApply(Chat.Current::state);
    }

    /** The question goes by {@link Chats}; what the pattern itself sends says nothing and goes nowhere. */
    private <T> CompletionStage<T> ask(ChatId chat, Function<ActorRef<T>, Chat.Command> question, Duration limit) {
        return AskPattern.<Object, T>ask(
                        system.<Object>ignoreRef(),
                        replyTo -> {
                            chats.tell(chat, question.apply(replyTo));
                            return "";
                        },
                        limit,
                        system.scheduler())
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(explained(failure, chat, limit)));
    }

    private static Throwable explained(Throwable failure, ChatId chat, Duration limit) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException
                ? new ChatException(ErrorCode.TIMED_OUT, "chat " + chat + " did not answer within " + limit, cause)
                : cause;
    }
}
