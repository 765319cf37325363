package dev.baton.runner.task;

import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.parts.LoggedEpisode;
import dev.baton.persistence.parts.Told;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.FinishReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer as it grows: what the log had of it, and what a call adds. */
final class Answer {
    private final List<Part> parts;
    private Told told;
    private Told logged;

    /** {@code told}: what the call builds on. */
    Answer(LoggedEpisode before, Told told) {
        this.parts = new ArrayList<>(before.parts());
        this.logged = before.told();
        this.told = told;
    }

    /** Takes {@code events} in and returns the parts among them. */
    List<Part> take(List<ModelEvent> events) {
        var more = new ArrayList<Part>();
        for (ModelEvent event : events) {
            if (event instanceof ModelEvent.Streamed streamed) {
                more.add(streamed.part());
                told = at(streamed.position());
            } else if (event instanceof ModelEvent.Kept kept) {
                told = at(kept.position());
            } else if (event instanceof ModelEvent.Used used) {
                told = new Told(told.position(), told.earlier(), used.soFar(), null);
            } else if (event instanceof ModelEvent.Finished finished) {
                told = new Told(
                        told.position(),
                        told.earlier(),
                        finished.usage(),
                        finished.reason().name());
            }
        }
        parts.addAll(more);
        return more;
    }

    private Told at(@Nullable String position) {
        Usage usage = told.usage();
        return position == null && told.position() == null ? told : new Told(position, told.earlier(), usage, null);
    }

    /** What the log is yet to hear besides the parts; null when that is nothing. */
    @Nullable
    Told news() {
        if (told.equals(logged)) {
            return null;
        }
        logged = told;
        return told;
    }

    int size() {
        return parts.size();
    }

    /** The answer, when its end has come. */
    Optional<CallResult.Said> whole() {
        return Optional.ofNullable(told.finish())
                .map(reason -> new CallResult.Said(parts, FinishReason.valueOf(reason), told.total()));
    }
}
