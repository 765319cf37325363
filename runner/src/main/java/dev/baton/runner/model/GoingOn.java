package dev.baton.runner.model;

import dev.baton.persistence.chat.Part;
import java.util.List;

/** How the answer that is asked for goes on where an earlier call was cut. {@code said}: what that one said. */
public sealed interface GoingOn {

    List<Part> said();

    /** The model is shown what was said as the beginning of its own answer, and says what comes then. */
    record FromPrefix(List<Part> said) implements GoingOn {
        public FromPrefix {
            said = List.copyOf(said);
        }
    }

    /** The provider says again what comes after {@code position}, which stands right after what was said. */
    record FromPosition(String position, List<Part> said) implements GoingOn {
        public FromPosition {
            said = List.copyOf(said);
        }
    }
}
