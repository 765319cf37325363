package dev.baton.gateway.door.responses;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.gateway.door.DoorCall;
import dev.baton.gateway.door.Given;
import dev.baton.gateway.door.ModelNames;
import dev.baton.gateway.door.NewTurn;
import dev.baton.gateway.door.Refused;
import dev.baton.gateway.door.TurnId;
import dev.baton.persistence.chat.ChatId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a client asks to have answered. {@code previous}, {@code conversation}: where it goes on, if anywhere. */
record ResponseRequest(
        NewTurn turn,
        @Nullable TurnId previous,
        @Nullable ChatId conversation,
        boolean stream,
        boolean background,
        boolean store,
        List<String> ignored) {
    /** What the model's configuration decides, and what has no meaning for a chat. */
    private static final List<String> IGNORED = List.of(
            "include",
            "max_output_tokens",
            "max_tool_calls",
            "prompt_cache_key",
            "prompt_cache_retention",
            "reasoning",
            "safety_identifier",
            "service_tier",
            "temperature",
            "top_logprobs",
            "top_p",
            "truncation",
            "user");

    static ResponseRequest of(DoorCall call) {
        Given body = call.body();
        TurnId previous = body.text("previous_response_id")
                .map(id -> TurnId.parse(Response.PREFIX, id).orElseThrow(() -> unknown("previous_response_id", id)))
                .orElse(null);
        ChatId conversation = conversation(body)
                .map(id -> TurnId.chat(Response.CONVERSATION, id).orElseThrow(() -> unknown("conversation", id)))
                .orElse(null);
        if (previous != null && conversation != null) {
            throw Refused.field("conversation", "previous_response_id and conversation cannot both be given");
        }
        refuseWhatChangesTheAnswer(body);
        boolean known = previous != null || conversation != null;
        var messages = new NewTurn.Messages();
        body.text("instructions").ifPresent(messages::instruct);
        Items.read(body, "input", messages);
        boolean store = body.flag("store", true);
        var turn = new NewTurn(
                ModelNames.chat(body.text("model").orElse(null), known),
                messages.instructions(),
                body.has("tools") ? Items.tools(body) : null,
                messages.all(),
                Labels.of(body.texts("metadata"), store),
                call.key().orElse(null));
        return new ResponseRequest(
                turn,
                previous,
                conversation,
                body.flag("stream", false),
                body.flag("background", false),
                store,
                body.present(IGNORED));
    }

    private static Optional<String> conversation(Given body) {
        Optional<JsonNode> value = body.any("conversation");
        return value.isPresent() && value.get().isObject()
                ? body.object("conversation").map(conversation -> conversation.requiredText("id"))
                : body.text("conversation");
    }

    private static Refused unknown(String field, String id) {
        return new Refused(404, "chat_not_found", "\"%s\" does not exist".formatted(id), field);
    }

    private static void refuseWhatChangesTheAnswer(Given body) {
        body.object("text").flatMap(text -> text.object("format")).ifPresent(format -> {
            if (!format.requiredText("type").equals("text")) {
                throw Refused.field(format.path("type"), "a chat answers in text");
            }
        });
        body.any("tool_choice").ifPresent(choice -> {
            if (!choice.isTextual() || !choice.textValue().equals("auto")) {
                throw Refused.field("tool_choice", "tool_choice must be auto: the model decides");
            }
        });
        for (String field : List.of("prompt", "context_management")) {
            if (body.has(field)) {
                throw Refused.field(field, field + " is not supported");
            }
        }
    }
}
