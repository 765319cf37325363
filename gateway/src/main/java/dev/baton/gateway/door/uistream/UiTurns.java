package dev.baton.gateway.door.uistream;

import dev.baton.gateway.auth.Caller;
import dev.baton.gateway.door.Given;
import dev.baton.gateway.door.TurnId;
import dev.baton.gateway.door.Turns;
import dev.baton.gateway.door.Turns.Started;
import dev.baton.persistence.chat.Busy;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Begins turns for clients that have their own names for chats and messages. A message keeps its name when it is edited or
 * answered anew; in the chat it is another one then, and has the name with something behind it.
 */
final class UiTurns {
    private static final String KIND = "/ui";
    private static final String CHANGED = "~";
    private static final String PREFIX = "msg_";

    private final Turns turns;

    UiTurns(Turns turns) {
        this.turns = turns;
    }

    /** The name of all that the assistant says in a turn. */
    static String text(TurnId id) {
        return id.text(PREFIX);
    }

    /** A chat of the caller's by Baton's own name, or the one that goes by {@code name} at this door. */
    CompletionStage<Optional<ChatState>> find(Caller caller, String name) {
        ChatId named = Turns.named(caller, KIND, name);
        return TurnId.chat("conv_", name)
                .map(own -> read(caller, own)
                        .thenCompose(chat ->
                                chat.isPresent() ? CompletableFuture.completedStage(chat) : read(caller, named)))
                .orElseGet(() -> read(caller, named));
    }

    private CompletionStage<Optional<ChatState>> read(Caller caller, ChatId id) {
        return turns.read(caller, id).thenApply(Optional::of).exceptionally(failure -> {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof ChatException known && known.code() == ErrorCode.CHAT_NOT_FOUND) {
                return Optional.empty();
            }
            throw failure instanceof CompletionException wrapped ? wrapped : new CompletionException(failure);
        });
    }

    /** The message that is to be answered, in its chat. */
    CompletionStage<Started> begin(Caller caller, UiRequest request) {
        return find(caller, request.chat())
                .thenCompose(chat -> chat.isPresent()
                        ? goOn(caller, chat.get(), request)
                        : turns.begin(caller, Turns.named(caller, KIND, request.chat()), request.whole()));
    }

    private CompletionStage<Started> goOn(Caller caller, ChatState chat, UiRequest request) {
        if (request.regenerates()) {
            return regenerate(caller, chat, request);
        }
        Given last = request.last();
        if (!UiRequest.isOfUser(last)) {
            return turns.goOn(caller, chat.id(), request.results());
        }
        String id = UiRequest.idOf(last);
        List<Part> content = UiParts.ofUser(last);
        Optional<Message> known = message(chat, id);
        if (known.isEmpty()) {
            var message = new NewMessage(content, model(request), id);
            return turns.say(caller, chat.id(), new ChatCommand.SendMessage(message, Busy.INTERRUPT), id);
        }
        if (known.get().content().equals(content)) {
            return CompletableFuture.completedStage(new Started(chat, known.get()));
        }
        String key = id + CHANGED + Integer.toHexString(content.hashCode());
        return replace(caller, chat, known.get(), new NewMessage(content, model(request), key));
    }

    private @Nullable String model(UiRequest request) {
        String model = request.model();
        return model == null ? null : turns.models().named(model).id();
    }

    /** The newest one that the client calls {@code id}. */
    private static Optional<Message> message(ChatState chat, String id) {
        return newest(chat, message -> {
            String key = message.clientMessageId();
            return message.id().toString().equals(id)
                    || (key != null && (key.equals(id) || key.startsWith(id + CHANGED)));
        });
    }

    private static Optional<Message> newest(ChatState chat, Predicate<Message> isIt) {
        return chat.history().messages().stream()
                .filter(message -> message.role() == Role.USER)
                .filter(isIt)
                .reduce((one, later) -> later);
    }

    private CompletionStage<Started> replace(Caller caller, ChatState chat, Message old, NewMessage message) {
        String key = String.valueOf(message.clientMessageId());
        return turns.say(caller, chat.id(), new ChatCommand.EditMessage(old.id(), message), key);
    }

    private CompletionStage<Started> regenerate(Caller caller, ChatState chat, UiRequest request) {
        Message old = toAnswerAnew(chat, request)
                .orElseThrow(() -> new ChatException(
                        ErrorCode.MESSAGE_NOT_FOUND, "the chat has no such message that could be answered anew"));
        String given = request.key();
        String client = old.clientMessageId() == null ? old.id().toString() : old.clientMessageId();
        String name = client.contains(CHANGED) ? client.substring(0, client.indexOf(CHANGED)) : client;
        String key = name + CHANGED + (given == null ? old.id() : given);
        return replace(caller, chat, old, new NewMessage(old.content(), model(request), key));
    }

    private static Optional<Message> toAnswerAnew(ChatState chat, UiRequest request) {
        Given last = request.last();
        if (UiRequest.isOfUser(last)) {
            return message(chat, UiRequest.idOf(last));
        }
        return Optional.ofNullable(request.messageId())
                .flatMap(id -> TurnId.parse(PREFIX, id))
                .flatMap(id -> newest(chat, message -> message.id().number() == id.message()))
                .or(() -> newest(chat, message -> true));
    }

    /** From the message of the user that {@code input} belongs to. */
    static Started whole(Started input) {
        if (input.input().role() == Role.USER) {
            return input;
        }
        MessageId running = input.chat().turn().userMessage();
        return newest(
                        input.chat(),
                        message -> message.id().compareTo(input.input().id()) <= 0
                                && (running == null
                                        || running.compareTo(input.input().id()) > 0
                                        || message.id().compareTo(running) <= 0))
                .map(message -> new Started(input.chat(), message))
                .orElse(input);
    }

    /** The turn that runs now. */
    static Optional<Started> running(ChatState chat) {
        MessageId message = chat.turn().userMessage();
        return switch (chat.status()) {
            case RUNNING, INTERRUPTING ->
                Optional.ofNullable(message).flatMap(chat.history()::find).map(found -> new Started(chat, found));
            default -> Optional.empty();
        };
    }

    /** The turn that answers the user's message of that number, now or long ago. */
    CompletionStage<Started> find(Caller caller, TurnId id) {
        return turns.find(caller, id).thenApply(UiTurns::whole);
    }

    static Optional<TurnId> parse(String text) {
        return TurnId.parse(PREFIX, text);
    }
}
