package dev.baton.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.State;
import dev.baton.persistence.chat.Transition;
import dev.baton.persistence.chat.Transitions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** docs/state-machine.md says what the table in {@link Transitions} says. */
class StateMachineDocTest {
    private static final String FENCE = "```";

    private final String page = Files.readString(Path.of("state-machine.md"));

    StateMachineDocTest() throws IOException {}

    @Test
    void showsTheTableAsADiagram() {
        int start = page.indexOf(FENCE + "mermaid\n") + FENCE.length() + "mermaid\n".length();
        String shown = page.substring(start, page.indexOf(FENCE, start));

        assertThat(shown)
                .as("the diagram; paste this one:%n%s", Transitions.asMermaid())
                .isEqualTo(Transitions.asMermaid());
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatEachStateIs(State state) {
        assertThat(rowOf(state.name())).as("row of %s", state).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void saysFromWhereToWhereEachTransitionLeads(Transition transition) {
        List<String> row = rowOf(transition.name());

        assertThat(row).as("row of %s", transition).isNotEmpty();
        assertThat(row.get(row.size() - 1)).as("last cell of %s", transition).isEqualTo(path(transition));
    }

    /** The cells of the table row that begins with {@code name}. */
    private List<String> rowOf(String name) {
        String start = "| `" + name + "` |";
        return page.lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .map(line -> List.of(line.substring(start.length(), line.lastIndexOf('|'))
                        .strip()
                        .split(" *\\| *")))
                .orElse(List.of());
    }

    private static String path(Transition transition) {
        if (transition == Transition.RECONCILE) {
            return "no valid state → E0 or E1";
        }
        var existing = EnumSet.complementOf(EnumSet.of(State.N));
        if (existing.stream()
                .allMatch(state -> Transitions.outcomes(state, transition).equals(Set.of(state)))) {
            return "every chat stays as it is";
        }
        Map<Set<State>, List<State>> byOutcome = new LinkedHashMap<>();
        for (State from : State.values()) {
            Set<State> to = Transitions.outcomes(from, transition);
            if (!to.isEmpty()) {
                byOutcome.computeIfAbsent(to, any -> new ArrayList<>()).add(from);
            }
        }
        return byOutcome.entrySet().stream()
                .map(entry -> names(entry.getValue(), ", ") + " → " + names(entry.getKey(), " or "))
                .collect(Collectors.joining("; "));
    }

    private static String names(Iterable<State> states, String between) {
        var names = new ArrayList<String>();
        states.forEach(state -> names.add(state.name()));
        return String.join(between, names);
    }
}
