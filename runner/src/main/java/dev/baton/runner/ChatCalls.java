package dev.baton.runner;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.Chats;
import java.util.function.Function;
import java.util.function.Supplier;

/** Reads and writes chats for actors: every call is a child of the caller and ends with it. */
public final class ChatCalls {
    private final Chats chats;
    private final RunnerSettings settings;

    public ChatCalls(Chats chats, RunnerSettings settings) {
        this.chats = chats;
        this.settings = settings;
    }

    /** Reads until it is answered. */
    public <T> ActorRef<?> read(ActorContext<T> caller, ChatId chat, Function<ChatState, T> answer) {
        ActorRef<T> self = caller.getSelf();
        return caller.spawnAnonymous(Question.untilSettled(
                "chat " + chat + ": reading it",
                Chat.Current.class,
                replyTo -> chats.tell(chat, new Chat.Get(replyTo)),
                current -> true,
                current -> self.tell(answer.apply(current.state())),
                settings));
    }

    /** Reads once. */
    public <T> ActorRef<?> readOnce(
            ActorContext<T> caller, ChatId chat, Function<ChatState, T> answer, Supplier<T> silence) {
        ActorRef<T> self = caller.getSelf();
        return caller.spawnAnonymous(Question.once(
                Chat.Current.class,
                replyTo -> chats.tell(chat, new Chat.Get(replyTo)),
                current -> self.tell(answer.apply(current.state())),
                () -> self.tell(silence.get()),
                settings.askTimeout()));
    }

    /**
     * Writes until it is done or refused. Whoever writes must be ready to have written twice, since an answer may get
     * lost: the fence sees to it for whatever changes history or status.
     */
    public <T> ActorRef<?> write(
            ActorContext<T> caller, ChatId chat, ChatCommand command, Function<Chat.Reply, T> answer) {
        ActorRef<T> self = caller.getSelf();
        return caller.spawnAnonymous(Question.untilSettled(
                "chat " + chat + ": " + command.transition(),
                Chat.Reply.class,
                replyTo -> chats.tell(chat, new Chat.Execute(command, replyTo)),
                ChatCalls::isFinal,
                reply -> self.tell(answer.apply(reply)),
                settings));
    }

    private static boolean isFinal(Chat.Reply reply) {
        if (!(reply instanceof Chat.Refused refused)) {
            return true;
        }
        ErrorCode.Kind kind = refused.code().kind();
        return kind != ErrorCode.Kind.UNAVAILABLE && kind != ErrorCode.Kind.INTERNAL;
    }
}
