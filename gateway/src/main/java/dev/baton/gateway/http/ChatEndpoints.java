package dev.baton.gateway.http;

import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import dev.baton.gateway.auth.Caller;
import dev.baton.gateway.http.Requests.Changes;
import dev.baton.gateway.http.Requests.NewChat;
import dev.baton.gateway.json.ChatJson;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.ErrorCode;
import dev.baton.persistence.chat.State;
import dev.baton.persistence.chat.Transition;
import dev.baton.persistence.chat.Transitions;
import dev.baton.persistence.journal.Chat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes chats, shows and changes one. */
final class ChatEndpoints {
    private final ChatAccess chats;
    private final Models models;
    private final Readiness readiness;
    private final Supplier<ChatId> ids;

    ChatEndpoints(ChatAccess chats, Models models, Readiness readiness, Supplier<ChatId> ids) {
        this.chats = chats;
        this.models = models;
        this.readiness = readiness;
        this.ids = ids;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.post("/chats", this::create),
                Endpoint.get("/chats/{chat}", this::show),
                Endpoint.patch("/chats/{chat}", this::change),
                Endpoint.post("/chats/{chat}/interrupt", call -> act(call, new ChatCommand.Interrupt())),
                Endpoint.post("/chats/{chat}/compact", call -> act(call, new ChatCommand.Compact())),
                Endpoint.post("/chats/{chat}/clear", call -> act(call, new ChatCommand.Clear())),
                Endpoint.post("/chats/{chat}/reconcile", call -> act(call, new ChatCommand.Reconcile())));
    }

    private CompletionStage<HttpResponse> create(Call call) {
        readiness.requireNotDraining();
        Optional<String> key = call.idempotencyKey();
        ChatId id = key.map(text -> named(call.caller(), text)).orElseGet(ids);
        return call.body()
                .thenCompose(body ->
                        chats.create(call.caller(), id, command(call.caller(), NewChat.from(body), key.orElse(null))))
                .thenApply(done -> Answers.created(ChatJson.chat(done.state()))
                        .addHeader(RawHeader.create("Location", Api.PREFIX + "/chats/" + id)));
    }

    /** The same owner's same key means the same chat, on every node and after every restart. */
    private static ChatId named(Caller caller, String key) {
        String name = "baton/chat\0" + caller.owner() + "\0" + key;
        return new ChatId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }

    private ChatCommand.Create command(Caller caller, NewChat chat, @Nullable String key) {
        Models.Model model = chat.model() == null ? models.defaultModel() : models.named(chat.model());
        return new ChatCommand.Create(
                caller.owner(),
                new Details(chat.title(), chat.labels(), /* pinned= */ false),
                model.id(),
                chat.systemPrompt(),
                chat.tools(),
                key,
                chat.message() == null ? null : chat.message().message(models, Optional.empty()));
    }

    private CompletionStage<HttpResponse> show(Call call) {
        return chats.read(call.caller(), call.chat()).thenApply(state -> Answers.ok(ChatJson.chat(state)));
    }

    private CompletionStage<HttpResponse> act(Call call, ChatCommand command) {
        ChatId chat = call.chat();
        return call.body().thenCompose(body -> {
            body.end();
            return chats.execute(call.caller(), chat, command)
                    .thenApply(done -> Answers.ok(ChatJson.chat(done.state())));
        });
    }

    /** Two commands at most. Whether the second is allowed is looked up before the first, so that neither happens alone. */
    private CompletionStage<HttpResponse> change(Call call) {
        ChatId chat = call.chat();
        return call.body().thenCompose(body -> {
            Changes changes = Changes.from(body);
            return chats.read(call.caller(), chat).thenCompose(state -> {
                Optional<ChatCommand> archiving = archiving(state, changes);
                return details(call.caller(), state, changes)
                        .thenCompose(changed -> archiving
                                .map(command -> chats.execute(call.caller(), chat, command)
                                        .thenApply(Chat.Done::state))
                                .orElseGet(() -> CompletableFuture.completedFuture(changed)))
                        .thenApply(changed -> Answers.ok(ChatJson.chat(changed)));
            });
        });
    }

    private static Optional<ChatCommand> archiving(ChatState state, Changes changes) {
        if (changes.archived() == null || changes.archived() == state.archived()) {
            return Optional.empty();
        }
        if (!changes.archived()) {
            return Optional.of(new ChatCommand.Unarchive());
        }
        State met = state.state().orElse(State.N);
        if (Transitions.outcomes(met, Transition.ARCHIVE).isEmpty()) {
            throw new ChatException(ErrorCode.TRANSITION_NOT_ALLOWED, "ARCHIVE is not allowed from " + met);
        }
        return Optional.of(new ChatCommand.Archive());
    }

    private CompletionStage<ChatState> details(Caller caller, ChatState state, Changes changes) {
        if (!changes.changeDetails()) {
            return CompletableFuture.completedFuture(state);
        }
        var command = new ChatCommand.UpdateDetails(changes.title(), changes.labels(), changes.pinned());
        return chats.execute(caller, state.id(), command).thenApply(Chat.Done::state);
    }
}
