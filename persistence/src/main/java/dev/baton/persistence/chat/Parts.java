package dev.baton.persistence.chat;

import java.util.ArrayList;
import java.util.List;

/** Joins streamed parts to the content of a message. */
public final class Parts {

    private Parts() {}

    /** {@code parts} with neighbouring pieces of text, or of reasoning up to its signature, made one; empty ones go. */
    public static List<Part> joined(List<Part> parts) {
        var joined = new ArrayList<Part>();
        int start = 0;
        while (start < parts.size()) {
            int end = endOfRun(parts, start);
            Part run = joinedRun(parts.subList(start, end));
            if (!isEmpty(run)) {
                joined.add(run);
            }
            start = end;
        }
        return List.copyOf(joined);
    }

    private static int endOfRun(List<Part> parts, int start) {
        Class<?> kind = parts.get(start).getClass();
        int end = start + 1;
        if (kind != Part.Text.class && kind != Part.Reasoning.class) {
            return end;
        }
        while (end < parts.size() && parts.get(end).getClass() == kind && !isSigned(parts.get(end - 1))) {
            end++;
        }
        return end;
    }

    /** A signature is the last that is said of the reasoning that it signs. */
    private static boolean isSigned(Part part) {
        return part instanceof Part.Reasoning piece && piece.signature() != null;
    }

    private static Part joinedRun(List<Part> run) {
        if (run.get(0) instanceof Part.Text) {
            var text = new StringBuilder();
            run.forEach(piece -> text.append(((Part.Text) piece).text()));
            return new Part.Text(text.toString());
        }
        if (run.get(0) instanceof Part.Reasoning) {
            var text = new StringBuilder();
            run.forEach(piece -> text.append(((Part.Reasoning) piece).text()));
            var last = (Part.Reasoning) run.get(run.size() - 1);
            return new Part.Reasoning(text.toString(), last.signature());
        }
        return run.get(0);
    }

    private static boolean isEmpty(Part part) {
        if (part instanceof Part.Text piece) {
            return piece.text().isEmpty();
        }
        return part instanceof Part.Reasoning piece && piece.text().isEmpty() && piece.signature() == null;
    }
}
