package dev.baton.runner.task;

import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.ClientTool;
import dev.baton.persistence.chat.Ending;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Fence;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Parts;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Step;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.model.ModelEvent.FinishReason;
import dev.baton.runner.task.CallResult.Failed;
import dev.baton.runner.task.CallResult.Said;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a round of generation leads to; pure. */
sealed interface Outcome {
    Failed EMPTY = retryable("the model's answer was empty");
    Failed CRASHED = retryable("the model call broke down");

    record Write(ChatCommand command) implements Outcome {}

    /** The client has to act: {@code step}, if any, and the wait begin with one write, which needs a deadline. */
    record AskClient(Optional<Step> step) implements Outcome {}

    /** What there is to do before a model can be asked; empty when it can. */
    static Optional<Outcome> before(ChatState state, Fence fence, RunnerSettings settings) {
        if (state.turn().steps() >= settings.maxSteps()) {
            return Optional.of(fail(
                    fence,
                    FailureKind.STEP_LIMIT,
                    "the turn has taken %d steps, which is the most it may".formatted(settings.maxSteps())));
        }
        List<Part.ToolCall> open = state.history().unanswered();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        List<Part> noSuchTool = unknown(open, state).stream()
                .<Part>map(call -> new Part.ToolResult(call.id(), "{\"error\":\"there is no such tool\"}", true))
                .toList();
        return Optional.of(
                noSuchTool.isEmpty()
                        ? new AskClient(Optional.empty())
                        : new Write(new ChatCommand.CommitStep(fence, new Step(Role.TOOL, noSuchTool, null, 0))));
    }

    /** What a whole answer leads to. */
    static Outcome of(Said said, ChatState state, Fence fence, RunnerSettings settings) {
        List<Part> content = Parts.joined(said.parts());
        if (state.turn().compaction()) {
            content = content.stream().filter(Part.Text.class::isInstance).toList();
        }
        if (content.isEmpty()) {
            return said.reason() == FinishReason.CONTENT_FILTER
                    ? fail(
                            fence,
                            FailureKind.CONTENT_FILTER,
                            "the provider's content filter left nothing of the answer")
                    : of(EMPTY, state, fence, settings);
        }
        var step = new Step(Role.ASSISTANT, content, said.usage(), said.parts().size(), ending(said.reason()));
        List<Part.ToolCall> calls = content.stream()
                .filter(Part.ToolCall.class::isInstance)
                .map(Part.ToolCall.class::cast)
                .toList();
        if (calls.isEmpty()) {
            return new Write(new ChatCommand.FinishTurn(fence, step));
        }
        return unknown(calls, state).isEmpty()
                ? new AskClient(Optional.of(step))
                : new Write(new ChatCommand.CommitStep(fence, step));
    }

    private static @Nullable Ending ending(FinishReason reason) {
        return switch (reason) {
            case LENGTH -> Ending.LENGTH;
            case CONTENT_FILTER -> Ending.CONTENT_FILTER;
            case STOP, TOOL_CALLS -> null;
        };
    }

    /** What a failed call leads to: another try while the budget lasts, which a takeover does not renew. */
    static Outcome of(Failed failed, ChatState state, Fence fence, RunnerSettings settings) {
        int retries = state.turn().retries();
        if (!failed.failure().retryable() || retries >= settings.model().maxRetries()) {
            return new Write(new ChatCommand.FailTurn(fence, failed.failure()));
        }
        Duration backoff = settings.model().retry().before(retries + 1);
        Duration asked = failed.retryAfter().orElse(Duration.ZERO);
        Duration delay = asked.compareTo(backoff) > 0 ? asked : backoff;
        return new Write(new ChatCommand.ScheduleRetry(fence, failed.failure(), delay));
    }

    static Outcome fail(Fence fence, FailureKind kind, String message) {
        return new Write(new ChatCommand.FailTurn(fence, new Failure(message, null, kind, null, false, null)));
    }

    private static List<Part.ToolCall> unknown(List<Part.ToolCall> calls, ChatState state) {
        Set<String> known =
                state.origin().tools().stream().map(ClientTool::name).collect(Collectors.toSet());
        return calls.stream().filter(call -> !known.contains(call.name())).toList();
    }

    private static Failed retryable(String message) {
        return new Failed(new Failure(message, null, FailureKind.GENERIC, null, true, null), Optional.empty());
    }
}
