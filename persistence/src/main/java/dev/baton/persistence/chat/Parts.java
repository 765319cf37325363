package dev.baton.persistence.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Joins streamed parts to the content of a message. */
public final class Parts {

    private Parts() {}

    /** {@code parts} with neighbouring pieces of text, or of reasoning, made one; empty pieces go. */
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
        while (end < parts.size() && parts.get(end).getClass() == kind) {
            end++;
        }
        return end;
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
            var signature = run.stream()
                    .map(piece -> ((Part.Reasoning) piece).signature())
                    .filter(Objects::nonNull)
                    .reduce((first, last) -> last);
            return new Part.Reasoning(text.toString(), signature.orElse(null));
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
