package dev.baton.gateway.bridge.openai;

import dev.baton.persistence.chat.Part;
import dev.baton.runner.model.ModelEvent;
import java.util.List;

/**
 * Drops the beginning of an answer that its server says again before it goes on. What turns out to be something else
 * than the beginning is passed on whole.
 */
final class EchoedBeginning {
    private final String beginning;
    private int heard;
    private boolean over;

    EchoedBeginning(String beginning) {
        this.beginning = beginning;
        this.over = beginning.isEmpty();
    }

    /** What is new in {@code event}. */
    List<ModelEvent> newIn(ModelEvent event) {
        if (over) {
            return List.of(event);
        }
        if (!(event instanceof ModelEvent.Streamed streamed)) {
            return endsBefore(event);
        }
        if (streamed.part() instanceof Part.Text text) {
            return textOf(text.text());
        }
        return streamed.part() instanceof Part.Reasoning ? List.of(event) : endsBefore(event);
    }

    private List<ModelEvent> textOf(String text) {
        int echoed = Math.min(text.length(), beginning.length() - heard);
        if (!beginning.startsWith(text.substring(0, echoed), heard)) {
            over = true;
            return List.of(streamed(beginning.substring(0, heard) + text));
        }
        heard += echoed;
        over = heard == beginning.length();
        return echoed == text.length() ? List.of() : List.of(streamed(text.substring(echoed)));
    }

    private List<ModelEvent> endsBefore(ModelEvent event) {
        over = true;
        return heard == 0 ? List.of(event) : List.of(streamed(beginning.substring(0, heard)), event);
    }

    private static ModelEvent streamed(String text) {
        return new ModelEvent.Streamed(new Part.Text(text));
    }
}
