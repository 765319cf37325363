package dev.baton.gateway.http;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.http.Requests.Send;
import dev.baton.gateway.json.ChatJson;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.MessageId;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.QueueId;
import dev.baton.persistence.chat.QueuedMessage;
import dev.baton.persistence.chat.Sent;
import dev.baton.persistence.journal.Chat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Sends, edits and queues messages, and hands in what client-side tools gave. */
final class MessageEndpoints {
    private final ChatAccess chats;
    private final Models models;
    private final Readiness readiness;

    MessageEndpoints(ChatAccess chats, Models models, Readiness readiness) {
        this.chats = chats;
        this.models = models;
        this.readiness = readiness;
    }

    List<Endpoint> all() {
        return List.of(
                Endpoint.get("/chats/{chat}/messages", this::list),
                Endpoint.post("/chats/{chat}/messages", this::send),
                Endpoint.patch("/chats/{chat}/messages/{message}", this::edit),
                Endpoint.delete("/chats/{chat}/queue/{queued}", this::deleteQueued),
                Endpoint.post("/chats/{chat}/queue/{queued}/promote", this::promote),
                Endpoint.post("/chats/{chat}/tool-results", this::toolResults));
    }

    private CompletionStage<HttpResponse> list(Call call) {
        MessagePage page = MessagePage.of(call);
        return chats.read(call.caller(), call.chat()).thenApply(state -> Answers.ok(page.of(state)));
    }

    private CompletionStage<HttpResponse> send(Call call) {
        readiness.requireNotDraining();
        ChatId chat = call.chat();
        Optional<String> key = call.idempotencyKey();
        return call.body().thenCompose(body -> {
            Send send = Send.from(body);
            NewMessage message = send.message(models, key);
            return chats.execute(call.caller(), chat, new ChatCommand.SendMessage(message, send.busy()))
                    .thenApply(done -> Answers.ok(outcome(done, message.clientMessageId())));
        });
    }

    private CompletionStage<HttpResponse> edit(Call call) {
        readiness.requireNotDraining();
        ChatId chat = call.chat();
        MessageId edited = call.message();
        Optional<String> key = call.idempotencyKey();
        return call.body().thenCompose(body -> {
            NewMessage message = Send.edit(body).message(models, key);
            return chats.execute(call.caller(), chat, new ChatCommand.EditMessage(edited, message))
                    .thenApply(done -> Answers.ok(outcome(done, message.clientMessageId())));
        });
    }

    private CompletionStage<HttpResponse> deleteQueued(Call call) {
        return act(call, new ChatCommand.DeleteQueued(call.queued()));
    }

    private CompletionStage<HttpResponse> promote(Call call) {
        return act(call, new ChatCommand.PromoteQueued(call.queued()));
    }

    private CompletionStage<HttpResponse> act(Call call, ChatCommand command) {
        ChatId chat = call.chat();
        return call.body().thenCompose(body -> {
            body.end();
            return chats.execute(call.caller(), chat, command)
                    .thenApply(done -> Answers.ok(ChatJson.chat(done.state())));
        });
    }

    private CompletionStage<HttpResponse> toolResults(Call call) {
        ChatId chat = call.chat();
        return call.body().thenCompose(body -> {
            var command = new ChatCommand.CompleteAction(Requests.toolResults(body));
            return chats.execute(call.caller(), chat, command)
                    .thenApply(done -> Answers.ok(ChatJson.chat(done.state())));
        });
    }

    /**
     * What became of a message. One that was sent again may have gone on since: from the queue into the history, or out
     * of both, and then only its first id is left to say.
     */
    private static ObjectNode outcome(Chat.Done done, @Nullable String clientMessageId) {
        ChatState state = done.state();
        Sent sent = done.sent();
        ObjectNode json = Json.object();
        QueueId queueId = sent == null ? null : sent.queued();
        Optional<QueuedMessage> queued = Optional.ofNullable(queueId).flatMap(state.queue()::find);
        if (queued.isPresent()) {
            json.set("queued_message", ChatJson.queued(queued.get()));
        } else {
            message(state, sent, clientMessageId)
                    .ifPresentOrElse(
                            message -> json.set("message", ChatJson.message(message)), () -> putFirstId(json, sent));
        }
        json.put("queued", queued.isPresent());
        json.put("chat_id", state.id().toString());
        json.put("status", ChatJson.name(state.status()));
        return json.put("version", state.version());
    }

    private static Optional<Message> message(ChatState state, @Nullable Sent sent, @Nullable String clientMessageId) {
        MessageId id = sent == null ? null : sent.message();
        if (id != null) {
            return state.history().find(id);
        }
        return clientMessageId == null
                ? Optional.empty()
                : state.history().messages().stream()
                        .filter(message -> clientMessageId.equals(message.clientMessageId()))
                        .findFirst();
    }

    private static void putFirstId(ObjectNode json, @Nullable Sent sent) {
        if (sent != null && sent.message() != null) {
            json.putObject("message").put("id", sent.message().toString());
        } else if (sent != null && sent.queued() != null) {
            json.putObject("queued_message").put("id", sent.queued().toString());
        }
    }
}
