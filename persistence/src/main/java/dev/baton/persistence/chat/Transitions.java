package dev.baton.persistence.chat;

import static dev.baton.persistence.chat.State.A0;
import static dev.baton.persistence.chat.State.A1;
import static dev.baton.persistence.chat.State.E0;
import static dev.baton.persistence.chat.State.E1;
import static dev.baton.persistence.chat.State.I0;
import static dev.baton.persistence.chat.State.I1;
import static dev.baton.persistence.chat.State.N;
import static dev.baton.persistence.chat.State.R0;
import static dev.baton.persistence.chat.State.R1;
import static dev.baton.persistence.chat.State.W;
import static dev.baton.persistence.chat.State.XE0;
import static dev.baton.persistence.chat.State.XE1;
import static dev.baton.persistence.chat.State.XW;

import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which transition leads from which state to which; docs/state-machine.md shows this table as a diagram.
 *
 * <p>{@link Transition#RECONCILE} is not in it: it leads from what is no state at all to E0 or E1.
 */
public final class Transitions {
    private static final Map<State, Map<Transition, Set<State>>> ALLOWED = new EnumMap<>(State.class);

    static {
        allow(Transition.CREATE, from(N), to(R0, W));

        allow(Transition.SEND_QUEUE, from(W, E0), to(R0));
        allow(Transition.SEND_QUEUE, from(E1, R0, R1), to(R1));
        allow(Transition.SEND_QUEUE, from(I0, I1), to(I1));
        allow(Transition.SEND_QUEUE, from(A0, A1), to(A1));
        allow(Transition.SEND_INTERRUPT, from(W, E0), to(R0));
        allow(Transition.SEND_INTERRUPT, from(E1, A0, A1), to(R1));
        allow(Transition.SEND_INTERRUPT, from(R0, R1, I0, I1), to(I1));
        allow(Transition.SEND_REJECT, from(W, E0), to(R0));
        allow(Transition.SEND_REJECT, from(E1), to(R1));
        allow(Transition.SEND_ROLLBACK, from(W, E0, R0, R1, I0, I1, A0, A1), to(R0));
        allow(Transition.SEND_ROLLBACK, from(E1), to(R1));
        allow(Transition.SEND_STEER, from(W, E0), to(R0));
        allow(Transition.SEND_STEER, from(E1, R0, R1), to(R1));
        allow(Transition.SEND_STEER, from(I0, I1), to(I1));
        allow(Transition.SEND_STEER, from(A0, A1), to(A1));

        allow(Transition.EDIT_MESSAGE, from(W, E0, E1, R0, R1, I0, I1, A0, A1), to(R0));
        allow(Transition.DELETE_QUEUED, from(E1), to(E0, E1));
        allow(Transition.DELETE_QUEUED, from(R1), to(R0, R1));
        allow(Transition.DELETE_QUEUED, from(I1), to(I0, I1));
        allow(Transition.DELETE_QUEUED, from(A1), to(A0, A1));
        allow(Transition.PROMOTE_QUEUED, from(E1, A1), to(R0, R1));
        allow(Transition.PROMOTE_QUEUED, from(R1, I1), to(I1));
        allow(Transition.INTERRUPT, from(R0), to(I0));
        allow(Transition.INTERRUPT, from(R1), to(I1));
        allow(Transition.INTERRUPT, from(A0), to(R0));
        allow(Transition.INTERRUPT, from(A1), to(R0, R1));
        allow(Transition.COMPLETE_ACTION, from(A0), to(R0));
        allow(Transition.COMPLETE_ACTION, from(A1), to(R0, R1));
        allow(Transition.COMPACT, from(W, E0), to(R0));
        allow(Transition.COMPACT, from(E1), to(R1));
        allow(Transition.CLEAR, from(W, E0), to(W));
        allow(Transition.ARCHIVE, from(W), to(XW));
        allow(Transition.ARCHIVE, from(E0), to(XE0));
        allow(Transition.ARCHIVE, from(E1), to(XE1));
        allow(Transition.UNARCHIVE, from(XW), to(W));
        allow(Transition.UNARCHIVE, from(XE0), to(E0));
        allow(Transition.UNARCHIVE, from(XE1), to(E1));

        for (State state : EnumSet.complementOf(EnumSet.of(N))) {
            allow(Transition.UPDATE_DETAILS, from(state), to(state));
            allow(Transition.ASSIGN_RUNNER, from(state), to(state));
            allow(Transition.RELEASE_RUNNER, from(state), to(state));
            allow(Transition.HAND_OVER, from(state), to(state));
        }

        for (State state : EnumSet.of(R0, R1)) {
            allow(Transition.START_ATTEMPT, from(state), to(state));
            allow(Transition.SCHEDULE_RETRY, from(state), to(state));
        }
        allow(Transition.COMMIT_STEP, from(R0), to(R0));
        allow(Transition.COMMIT_STEP, from(R1), to(R0, R1));
        allow(Transition.REQUIRE_ACTION, from(R0), to(A0));
        allow(Transition.REQUIRE_ACTION, from(R1), to(A1));
        allow(Transition.FINISH_INTERRUPTION, from(I0), to(W));
        allow(Transition.FINISH_INTERRUPTION, from(I1), to(R0, R1));
        allow(Transition.FINISH_TURN, from(R0), to(W));
        allow(Transition.FINISH_TURN, from(R1), to(R0, R1));
        allow(Transition.FAIL_TURN, from(R0), to(E0));
        allow(Transition.FAIL_TURN, from(R1), to(E1));
        allow(Transition.CANCEL_ACTION, from(A0), to(R0));
        allow(Transition.CANCEL_ACTION, from(A1), to(R0, R1));
    }

    private Transitions() {}

    /** The states {@code transition} may lead to; none when it is not allowed from {@code from}. */
    public static Set<State> outcomes(State from, Transition transition) {
        return Collections.unmodifiableSet(ALLOWED.getOrDefault(from, Map.of()).getOrDefault(transition, Set.of()));
    }

    /** The table as the text of a Mermaid diagram, one arrow a line; transitions that stay where they are are left out. */
    public static String asMermaid() {
        var text = new StringBuilder("stateDiagram-v2\n");
        for (State from : State.values()) {
            for (State to : EnumSet.complementOf(EnumSet.of(from))) {
                String arrow = between(from, to).map(Transition::name).collect(Collectors.joining(", "));
                if (!arrow.isEmpty()) {
                    text.append("    %s --> %s: %s\n".formatted(from, to, arrow));
                }
            }
        }
        return text.toString();
    }

    private static Stream<Transition> between(State from, State to) {
        return Stream.of(Transition.values())
                .filter(transition -> outcomes(from, transition).contains(to));
    }

    private static void allow(Transition transition, Set<State> from, Set<State> to) {
        for (State state : from) {
            Map<Transition, Set<State>> row = ALLOWED.computeIfAbsent(state, any -> new EnumMap<>(Transition.class));
            if (row.put(transition, to) != null) {
                throw new IllegalStateException("%s from %s is in the table twice".formatted(transition, state));
            }
        }
    }

    private static Set<State> from(State first, State... more) {
        return EnumSet.of(first, more);
    }

    private static Set<State> to(State first, State... more) {
        return EnumSet.of(first, more);
    }
}
