package dev.baton.gateway.door.responses;

import akka.http.javadsl.model.HttpResponse;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.gateway.door.Answering;
import dev.baton.gateway.door.Door;
import dev.baton.gateway.door.DoorCall;
import dev.baton.gateway.door.ErrorShape;
import dev.baton.gateway.door.Given;
import dev.baton.gateway.door.NewTurn;
import dev.baton.gateway.door.Refused;
import dev.baton.gateway.door.TurnId;
import dev.baton.gateway.door.Turns;
import dev.baton.gateway.json.Json;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatException;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ErrorCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code /v1/conversations}: chats, under the names of another dialect. */
public final class ConversationsDoor implements Door {
    private static final int PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private final Turns turns;

    public ConversationsDoor(Turns turns) {
        this.turns = turns;
    }

    @Override
    public ErrorShape errors() {
        return ErrorShape.OPENAI;
    }

    @Override
    public List<Way> ways() {
        return List.of(
                new Way("POST", "/conversations", this::create),
                new Way("GET", "/conversations/{conversation}", call -> answer(call, ConversationsDoor::json)),
                new Way("POST", "/conversations/{conversation}", this::change),
                new Way("DELETE", "/conversations/{conversation}", this::archive),
                new Way("GET", "/conversations/{conversation}/items", call -> answer(call, chat -> items(call, chat))),
                new Way(
                        "GET",
                        "/conversations/{conversation}/items/{item}",
                        call -> answer(call, chat -> item(call, chat))));
    }

    private CompletionStage<HttpResponse> create(DoorCall call) {
        Given body = call.bytes().isEmpty() ? Given.of(Json.object()) : call.body();
        var messages = new NewTurn.Messages();
        if (body.has("items")) {
            Items.read(body, "items", messages);
        }
        var turn = new NewTurn(
                null,
                messages.instructions(),
                null,
                messages.all(),
                Labels.of(body.texts("metadata"), /* store= */ true),
                call.key().orElse(null));
        return turns.remember(call.caller(), turn).thenApply(chat -> Answering.json(200, json(chat)));
    }

    private static ChatId id(DoorCall call) {
        String text = call.value("conversation");
        return TurnId.chat(Response.CONVERSATION, text)
                .orElseThrow(
                        () -> new ChatException(ErrorCode.CHAT_NOT_FOUND, "conversation " + text + " does not exist"));
    }

    private CompletionStage<HttpResponse> answer(DoorCall call, Function<ChatState, ObjectNode> words) {
        return turns.read(call.caller(), id(call)).thenApply(chat -> Answering.json(200, words.apply(chat)));
    }

    private CompletionStage<HttpResponse> change(DoorCall call) {
        ChatId id = id(call);
        var metadata = call.body().texts("metadata");
        return turns.read(call.caller(), id)
                .thenCompose(chat -> turns.execute(
                        call.caller(), id, new ChatCommand.UpdateDetails(null, Labels.changed(chat, metadata), null)))
                .thenApply(chat -> Answering.json(200, json(chat)));
    }

    /** Retention decides how long the chat is kept then. */
    private CompletionStage<HttpResponse> archive(DoorCall call) {
        ChatId id = id(call);
        return turns.execute(call.caller(), id, new ChatCommand.Archive())
                .thenApply(chat -> Answering.json(
                        200,
                        Json.object()
                                .put("id", TurnId.chatText(Response.CONVERSATION, id))
                                .put("object", "conversation.deleted")
                                .put("deleted", true)));
    }

    private static ObjectNode json(ChatState chat) {
        ObjectNode json = Json.object()
                .put("id", TurnId.chatText(Response.CONVERSATION, chat.id()))
                .put("object", "conversation")
                .put("created_at", chat.origin().createdAt().getEpochSecond());
        return json.set("metadata", Labels.metadata(chat));
    }

    private static List<ObjectNode> all(ChatState chat) {
        var items = new ArrayList<ObjectNode>();
        String prefix = TurnId.chatText("", chat.id());
        chat.history().messages().forEach(message -> items.addAll(Items.of(message, prefix)));
        return items;
    }

    private static ObjectNode items(DoorCall call, ChatState chat) {
        List<ObjectNode> items = all(chat);
        if (!call.query("order").orElse("desc").equals("asc")) {
            Collections.reverse(items);
        }
        int limit = limit(call);
        int from = call.query("after").map(after -> position(items, after) + 1).orElse(0);
        int to = Math.min(items.size(), from + limit);
        ObjectNode json = Json.object().put("object", "list");
        ArrayNode data = json.putArray("data");
        items.subList(from, to).forEach(data::add);
        json.put("first_id", data.path(0).path("id").asText());
        json.put("last_id", data.path(data.size() - 1).path("id").asText());
        return json.put("has_more", to < items.size());
    }

    private static int limit(DoorCall call) {
        String text = call.query("limit").orElse(Integer.toString(PAGE));
        int limit = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw Refused.field("limit", "limit must be a number from 1 to " + LARGEST_PAGE);
        }
        return limit;
    }

    private static int position(List<ObjectNode> items, String id) {
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).path("id").asText().equals(id)) {
                return i;
            }
        }
        throw new Refused(404, "message_not_found", "item " + id + " does not exist", null);
    }

    private static ObjectNode item(DoorCall call, ChatState chat) {
        List<ObjectNode> items = all(chat);
        return items.get(position(items, call.value("item")));
    }
}
