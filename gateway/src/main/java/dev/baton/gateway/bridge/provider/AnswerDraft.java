package dev.baton.gateway.bridge.provider;

import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Parts;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.FinishReason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer as its events are read. What arrives together leaves together: neighbouring pieces of text are joined.
 *
 * <p>From the first tool call on everything is held back until the answer is whole, so that nobody acts on half of it.
 */
public final class AnswerDraft {
    /** Longer pieces are split, so that one part always fits a message between nodes. */
    static final int MAX_PIECE = 16_384;

    /** More than any answer has, and little enough for a node to hold many such answers. */
    private static final int MAX_HELD = 8 << 20;

    private record Piece(Part part, @Nullable String position) {}

    private final ProviderFailures failures;
    private final List<Piece> pieces = new ArrayList<>();
    private final List<Piece> held = new ArrayList<>();
    private @Nullable String position;
    private @Nullable String kept;
    private @Nullable FinishReason finish;
    private Usage usage = Usage.NONE;
    private boolean toldUsage;
    private boolean anyOutput;
    private boolean anyCall;
    private boolean ended;
    private int heldSize;

    AnswerDraft(ProviderFailures failures) {
        this.failures = failures;
    }

    public void text(String text) {
        if (!text.isEmpty()) {
            add(new Part.Text(text), text.length());
        }
    }

    public void reasoning(String text) {
        if (!text.isEmpty()) {
            add(new Part.Reasoning(text, null), text.length());
        }
    }

    /** Ends the reasoning before it; {@code signature} goes back to the provider as it is. */
    public void sign(Signature signature) {
        add(new Part.Reasoning("", signature.text()), signature.text().length());
    }

    /** A whole call. */
    public void call(Part.ToolCall call) {
        anyCall = true;
        add(call, call.arguments().length());
    }

    /** What comes from now on stands before {@code newPosition} is behind it. */
    public void at(String newPosition) {
        position = newPosition;
    }

    /** The provider keeps the answer, of which nothing was said yet. */
    public void keptAt(String newPosition) {
        position = newPosition;
        kept = newPosition;
    }

    /** All that the call has cost so far. */
    public void used(Usage soFar) {
        usage = soFar;
        toldUsage = true;
    }

    public Usage usage() {
        return usage;
    }

    /** The answer is whole. */
    public void finish(FinishReason reason) {
        finish = reason;
    }

    /** Nothing that could still come is of interest. */
    public void end() {
        ended = true;
    }

    /** Whether a call was among what was said. */
    public boolean hasCalls() {
        return anyCall;
    }

    boolean hasEnded() {
        return ended;
    }

    @Nullable
    FinishReason finish() {
        return finish;
    }

    /** Adds what may be shown of what was read since the last time. */
    void release(Collection<ModelEvent> events) {
        if (kept != null) {
            events.add(new ModelEvent.Kept(kept));
            kept = null;
        }
        emit(pieces, events);
        if (toldUsage && finish == null) {
            toldUsage = false;
            events.add(new ModelEvent.Used(usage));
        }
    }

    void finish(FinishReason reason, EventReader reader, Collection<ModelEvent> events) {
        reader.finishing(reason, this);
        if (reason == FinishReason.CONTENT_FILTER && !anyOutput && pieces.isEmpty() && held.isEmpty()) {
            throw failures.withheld();
        }
        emit(pieces, events);
        emit(held, events);
        boolean callsTools = reason == FinishReason.STOP && anyCall;
        events.add(new ModelEvent.Finished(callsTools ? FinishReason.TOOL_CALLS : reason, usage));
    }

    private void add(Part part, int size) {
        if (anyCall) {
            heldSize += size;
            if (heldSize > MAX_HELD) {
                throw failures.malformed("the tool calls of the answer are longer than " + MAX_HELD, false);
            }
            held.add(new Piece(part, position));
        } else {
            pieces.add(new Piece(part, position));
        }
    }

    private void emit(List<Piece> from, Collection<ModelEvent> events) {
        int start = 0;
        while (start < from.size()) {
            int end = start + 1;
            while (end < from.size() && joins(from.get(end - 1).part, from.get(end).part)) {
                end++;
            }
            String reached = from.get(end - 1).position;
            for (Part part : Parts.joined(
                    from.subList(start, end).stream().map(Piece::part).toList())) {
                anyOutput = true;
                emit(split(part), reached, events);
            }
            start = end;
        }
        from.clear();
    }

    /** Between two pieces of one part there is no position that could be gone on from. */
    private static void emit(List<Part> split, @Nullable String reached, Collection<ModelEvent> events) {
        for (int i = 0; i < split.size(); i++) {
            events.add(new ModelEvent.Streamed(split.get(i), i == split.size() - 1 ? reached : null));
        }
    }

    private static boolean joins(Part before, Part next) {
        boolean signed = before instanceof Part.Reasoning piece && piece.signature() != null;
        return before.getClass() == next.getClass() && !signed && !(next instanceof Part.ToolCall);
    }

    private static List<Part> split(Part part) {
        String text = part instanceof Part.Text piece
                ? piece.text()
                : part instanceof Part.Reasoning thought ? thought.text() : "";
        if (text.length() <= MAX_PIECE) {
            return List.of(part);
        }
        var parts = new ArrayList<Part>();
        for (int start = 0; start < text.length(); ) {
            int end = Math.min(start + MAX_PIECE, text.length());
            if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
                end--;
            }
            String piece = text.substring(start, end);
            boolean last = end == text.length();
            parts.add(
                    part instanceof Part.Reasoning thought
                            ? new Part.Reasoning(piece, last ? thought.signature() : null)
                            : new Part.Text(piece));
            start = end;
        }
        return parts;
    }
}
