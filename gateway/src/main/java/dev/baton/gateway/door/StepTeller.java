package dev.baton.gateway.door;

import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Parts;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Words one step, from its parts as they stream or from the message that they became: both come to the same, as far as the
 * parts have come. Calls of tools that the chat does not have are answered by the runner and left out.
 */
final class StepTeller {
    private final Set<String> tools;
    private final List<Part> run = new ArrayList<>();
    private final Pieces pieces = new Pieces();
    private int index;
    private Said.@Nullable Kind open;

    /** {@code first}: the index of the step's first item; {@code tools}: those of the client. */
    StepTeller(int first, Set<String> tools) {
        this.index = first;
        this.tools = tools;
    }

    /** The index of the item after those that were said. */
    int next() {
        return open == null ? index : index + 1;
    }

    List<Said> add(Part part) {
        var said = new ArrayList<Said>();
        Said.Kind kind = kind(part);
        if (!run.isEmpty() && kind(run.get(0)) != kind) {
            end(said, /* cut= */ false);
        }
        if (part instanceof Part.Text text) {
            grow(part, text.text(), Said.Kind.TEXT, !text.text().isEmpty(), said);
        } else if (part instanceof Part.Reasoning reasoning) {
            boolean signed = reasoning.signature() != null;
            grow(
                    part,
                    reasoning.text(),
                    Said.Kind.REASONING,
                    signed || !reasoning.text().isEmpty(),
                    said);
            if (signed) {
                end(said, /* cut= */ false);
            }
        } else if (part instanceof Part.ToolCall call && tools.contains(call.name())) {
            said.add(new Said.Called(index++, call));
        }
        return said;
    }

    private static Said.@Nullable Kind kind(Part part) {
        if (part instanceof Part.Text) {
            return Said.Kind.TEXT;
        }
        return part instanceof Part.Reasoning ? Said.Kind.REASONING : null;
    }

    private void grow(Part part, String text, Said.Kind kind, boolean saysSomething, List<Said> said) {
        run.add(part);
        if (open == null && saysSomething) {
            open = kind;
            said.add(new Said.Begun(index, kind));
        }
        pieces.add(text).forEach(piece -> said.add(new Said.Piece(index, kind, piece)));
    }

    private void end(List<Said> said, boolean cut) {
        Said.Kind kind = open;
        if (kind != null) {
            String last = pieces.end();
            if (!last.isEmpty()) {
                said.add(new Said.Piece(index, kind, last));
            }
            said.add(new Said.Ended(index, Parts.joined(run).get(0), cut));
            index++;
        }
        open = null;
        run.clear();
    }

    /** All of a step that was committed as {@code content}. */
    List<Said> whole(List<Part> content, boolean interrupted) {
        var said = new ArrayList<Said>();
        for (int i = 0; i < content.size(); i++) {
            said.addAll(add(content.get(i)));
            end(said, interrupted && i == content.size() - 1);
        }
        return said;
    }
}
