package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.Chats;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One stream's subscription to its chat, which stands somewhere in the cluster and may stand elsewhere next. */
final class ChatContact<C> {
    private final ActorContext<C> context;
    private final ChatId chat;
    private final Chats chats;
    private final StreamSettings settings;
    private final ActorRef<Chat.Update> updates;
    private final Function<ActorRef<Chat.Command>, C> stopped;
    private @Nullable ActorRef<Chat.Command> entity;
    private Duration patience;

    /** {@code stopped}: how the stream is told that the entity it is subscribed to has stopped. */
    ChatContact(
            ActorContext<C> context,
            ChatId chat,
            Chats chats,
            StreamSettings settings,
            ActorRef<Chat.Update> updates,
            Function<ActorRef<Chat.Command>, C> stopped) {
        this.context = context;
        this.chat = chat;
        this.chats = chats;
        this.settings = settings;
        this.updates = updates;
        this.stopped = stopped;
        this.patience = settings.answerLimit();
    }

    /** Returns how long to wait for the answer before asking again, since what is told to a chat may be lost. */
    Duration subscribe() {
        chats.tell(chat, new Chat.Subscribe(updates));
        Duration now = patience;
        Duration longer = patience.multipliedBy(2);
        patience = longer.compareTo(settings.answerLimit()) < 0 ? longer : settings.answerLimit();
        return now;
    }

    void subscribed(ActorRef<Chat.Command> current) {
        patience = settings.answerLimit();
        if (entity != null) {
            context.unwatch(entity);
        }
        entity = current;
        context.watchWith(current, stopped.apply(current));
    }

    /** True when it is time to subscribe again soon. */
    boolean lost(ActorRef<Chat.Command> gone) {
        if (!gone.equals(entity)) {
            return false;
        }
        entity = null;
        patience = settings.retryDelay();
        return true;
    }

    void end() {
        chats.tell(chat, new Chat.Unsubscribe(updates));
    }
}
