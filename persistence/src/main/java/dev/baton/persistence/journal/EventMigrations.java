package dev.baton.persistence.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Leads entries that older builds wrote to the form of today, one version at a time. */
final class EventMigrations {

    /** Every form so far is the form of today. */
    static final EventMigrations PRODUCTION = new EventMigrations(Map.of());

    private final Map<Manifest, UnaryOperator<ObjectNode>> steps;

    /** {@code steps}: by the manifest that each one reads; it makes the form of the next version. */
    EventMigrations(Map<Manifest, UnaryOperator<ObjectNode>> steps) {
        this.steps = Map.copyOf(steps);
    }

    /** The entry written as {@code from} in the form of {@code to}. */
    ObjectNode migrate(ObjectNode entry, Manifest from, Manifest to) {
        ObjectNode migrated = entry;
        for (Manifest at = from; at.version() < to.version(); at = at.next()) {
            UnaryOperator<ObjectNode> step = steps.get(at);
            if (step == null) {
                throw new IllegalStateException("journal manifest %s has no migration to %s".formatted(at, at.next()));
            }
            migrated = step.apply(migrated);
        }
        return migrated;
    }
}
