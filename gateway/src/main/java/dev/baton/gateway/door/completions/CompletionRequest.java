package dev.baton.gateway.door.completions;

import dev.baton.gateway.door.DoorCall;
import dev.baton.gateway.door.Given;
import dev.baton.gateway.door.ModelNames;
import dev.baton.gateway.door.NewTurn;
import dev.baton.gateway.door.NewTurn.Messages;
import dev.baton.gateway.door.Refused;
import dev.baton.gateway.door.StatelessTurns;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a client asks to have completed. {@code usage}: told at the end of a stream too. */
record CompletionRequest(NewTurn turn, Optional<ChatId> chat, boolean stream, boolean usage, List<String> ignored) {
    /** What the model's configuration decides, and what has no meaning for a chat. */
    private static final List<String> IGNORED = List.of(
            "frequency_penalty",
            "logit_bias",
            "max_completion_tokens",
            "max_tokens",
            "parallel_tool_calls",
            "prediction",
            "presence_penalty",
            "prompt_cache_key",
            "reasoning_effort",
            "safety_identifier",
            "seed",
            "service_tier",
            "store",
            "temperature",
            "top_p",
            "user",
            "verbosity");

    private static final String IN_METADATA = "chat";

    static CompletionRequest of(DoorCall call) {
        Given body = call.body();
        refuseWhatChangesTheAnswer(body);
        Map<String, String> metadata = body.texts("metadata");
        Optional<ChatId> chat = StatelessTurns.chat(call, Optional.ofNullable(metadata.get(IN_METADATA)));
        var messages = new Messages();
        body.objects("messages").forEach(message -> read(message, messages));
        var turn = new NewTurn(
                ModelNames.chat(body.text("model").orElse(null), chat.isPresent()),
                messages.instructions(),
                body.has("tools") ? tools(body) : null,
                messages.all(),
                metadata,
                call.key().orElse(null));
        boolean usage = body.object("stream_options")
                .map(options -> options.flag("include_usage", false))
                .orElse(false);
        return new CompletionRequest(turn, chat, body.flag("stream", false), usage, body.present(IGNORED));
    }

    private static void refuseWhatChangesTheAnswer(Given body) {
        body.any("n").ifPresent(number -> {
            if (number.asInt() != 1) {
                throw Refused.field("n", "a chat gives one answer; n must be 1");
            }
        });
        body.object("response_format").ifPresent(format -> {
            if (!format.requiredText("type").equals("text")) {
                throw Refused.field("response_format", "a chat answers in text");
            }
        });
        body.any("tool_choice").ifPresent(choice -> {
            if (!choice.isTextual() || !choice.textValue().equals("auto")) {
                throw Refused.field("tool_choice", "tool_choice must be auto: the model decides");
            }
        });
        for (String field : List.of("audio", "functions", "stop", "web_search_options")) {
            if (body.has(field)) {
                throw Refused.field(field, field + " is not supported");
            }
        }
        if (body.flag("logprobs", false)) {
            throw Refused.field("logprobs", "logprobs are not supported");
        }
    }

    private static void read(Given message, Messages messages) {
        String role = message.requiredText("role");
        String words = message.words("content", "text", "text").orElse("");
        switch (role) {
            case "system", "developer" -> messages.instruct(words);
            case "user" -> messages.add(Role.USER, List.of(new Part.Text(words)));
            case "assistant" -> messages.add(Role.ASSISTANT, said(message, words));
            case "tool" ->
                messages.add(
                        Role.TOOL,
                        List.of(new Part.ToolResult(message.requiredText("tool_call_id"), Given.output(words), false)));
            default -> throw Refused.field(message.path("role"), "role is \"%s\"".formatted(role));
        }
    }

    private static List<Part> said(Given message, String words) {
        var parts = new ArrayList<Part>();
        if (!words.isEmpty()) {
            parts.add(new Part.Text(words));
        }
        for (Given call : message.objects("tool_calls")) {
            Given function = call.object("function")
                    .orElseThrow(() -> Refused.field(call.path("function"), call.path("function") + " is missing"));
            parts.add(new Part.ToolCall(
                    call.requiredText("id"), function.requiredText("name"), function.requiredText("arguments")));
        }
        return parts;
    }

    private static List<ClientTool> tools(Given body) {
        return body.objects("tools").stream()
                .map(tool -> {
                    Given function = tool.object("function")
                            .orElseThrow(() -> Refused.field(tool.path("type"), "a tool must be a function"));
                    return new ClientTool(
                            function.requiredText("name"),
                            function.text("description").orElse(""),
                            function.json("parameters"));
                })
                .toList();
    }
}
