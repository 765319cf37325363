package dev.baton.gateway.http;

import dev.baton.gateway.auth.Caller;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.ChatAsk;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Reaches chats on behalf of someone. To those who have no right to a chat it does not exist. */
public final class ChatAccess {
    /** A chat's owner never changes, so it need not be asked for each time. */
    private static final int OWNERS_KEPT = 10_000;

    private static final Duration AWAY_LIMIT = Duration.ofSeconds(1);

    private final ChatAsk chats;
    private final Duration limit;
    private final Readiness readiness;
    private final Map<ChatId, String> owners = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ChatId, String> eldest) {
            return size() > OWNERS_KEPT;
        }
    };

    public ChatAccess(ChatAsk chats, Duration limit, Readiness readiness) {
        this.chats = chats;
        this.limit = limit;
        this.readiness = readiness;
    }

    /** A chat in memory is read also while the database is away; one that is not is not worth much of a wait then. */
    public CompletionStage<ChatState> read(Caller caller, ChatId chat) {
        Duration patience = readiness.isDatabaseAway() && AWAY_LIMIT.compareTo(limit) < 0 ? AWAY_LIMIT : limit;
        return chats.current(chat, patience).thenApply(state -> {
            if (!state.exists() || !caller.reaches(state.origin().owner())) {
                throw notFound(chat);
            }
            keepOwner(chat, state.origin().owner());
            return state;
        });
    }

    /** Fails with the chat's refusal when it refuses. */
    public CompletionStage<Chat.Done> execute(Caller caller, ChatId chat, ChatCommand command) {
        String owner = owner(chat);
        if (owner == null) {
            return read(caller, chat).thenCompose(state -> execute(chat, command));
        }
        return caller.reaches(owner) ? execute(chat, command) : CompletableFuture.failedFuture(notFound(chat));
    }

    /** The chat is made for {@code caller}; one that is there already stays its owner's, and is shown to nobody else. */
    public CompletionStage<Chat.Done> create(Caller caller, ChatId chat, ChatCommand.Create command) {
        return execute(chat, command).thenApply(done -> {
            String owner = done.state().origin().owner();
            keepOwner(chat, owner);
            if (!caller.reaches(owner)) {
                throw notFound(chat);
            }
            return done;
        });
    }

    /** Refused at once while the database is away: it could only fail later, with its outcome unknown. */
    private CompletionStage<Chat.Done> execute(ChatId chat, ChatCommand command) {
        readiness.requireDatabase();
        return chats.execute(chat, command, limit).thenApply(reply -> {
            if (reply instanceof Chat.Done done) {
                return done;
            }
            var refused = (Chat.Refused) reply;
            throw new ChatException(refused.code(), refused.detail());
        });
    }

    private @Nullable String owner(ChatId chat) {
        synchronized (owners) {
            return owners.get(chat);
        }
    }

    private void keepOwner(ChatId chat, String owner) {
        synchronized (owners) {
            owners.put(chat, owner);
        }
    }

    private static ChatException notFound(ChatId chat) {
        return new ChatException(ErrorCode.CHAT_NOT_FOUND, "chat " + chat + " does not exist");
    }
}
