package dev.baton.runner.task;

import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.parts.LoggedEpisode;
import dev.baton.persistence.parts.Told;
import dev.baton.runner.model.GoingOn.FromPosition;
import dev.baton.runner.model.GoingOn.FromPrefix;
import dev.baton.runner.model.ModelEvent.FinishReason;
import dev.baton.runner.model.ModelRequest;
import dev.baton.runner.model.TakeoverMode;
import java.util.List;
import java.util.Set;

/** How a call begins on an episode of which something may have been said before; pure. */
sealed interface Beginning {

    /** {@code told}: what the call builds on: the position it goes on from and what was paid before it. */
    record Ask(ModelRequest request, Told told) implements Beginning {}

    /** The answer is whole already. */
    record Whole(CallResult.Said answer) implements Beginning {}

    /** What was said has to be taken back. */
    record TakeBack() implements Beginning {}

    /** The best that can be done with what is {@code logged}, by what the model {@code can}. */
    static Beginning of(LoggedEpisode logged, ModelRequest request, Set<TakeoverMode> can) {
        Told told = logged.told();
        if (!logged.exact()) {
            return new TakeBack();
        }
        if (told.finish() != null) {
            return new Whole(new CallResult.Said(logged.parts(), FinishReason.valueOf(told.finish()), told.total()));
        }
        if (told.position() != null && can.contains(TakeoverMode.REATTACH)) {
            return new Ask(request.goingOn(new FromPosition(told.position(), logged.parts())), told);
        }
        var paid = new Told(null, told.total(), Usage.NONE, null);
        if (logged.parts().isEmpty()) {
            return new Ask(request, paid);
        }
        if (logged.parts().stream().anyMatch(Part.ToolCall.class::isInstance)) {
            // Nothing can follow a call but its result, so the answer ends with the calls that were whole.
            return new Whole(new CallResult.Said(logged.parts(), FinishReason.TOOL_CALLS, told.total()));
        }
        return can.contains(TakeoverMode.CONTINUE) && hasText(logged.parts())
                ? new Ask(request.goingOn(new FromPrefix(logged.parts())), paid)
                : new TakeBack();
    }

    /** Thinking alone is no beginning of an answer that any model could be shown. */
    private static boolean hasText(List<Part> parts) {
        return parts.stream()
                .anyMatch(
                        part -> part instanceof Part.Text piece && !piece.text().isBlank());
    }
}
