package dev.baton.persistence.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every state by every transition, over the production table. */
class TransitionMatrixTest {

    /** One command met by one chat. */
    private record Case(Scenarios.Scenario scenario, Transition transition, int variant) {
        TestChat chat() {
            return scenario.chat().get();
        }

        ChatCommand command(TestChat chat) {
            return Scenarios.commands(transition, chat).get(variant);
        }

        Set<State> outcomes() {
            return Transitions.outcomes(scenario.state(), transition);
        }

        @Override
        public String toString() {
            return "%s %s#%d -> %s".formatted(scenario, transition, variant, outcomes());
        }
    }

    @TestFactory
    Stream<DynamicTest> obeysTheTable() {
        return cases().map(one -> DynamicTest.dynamicTest(one.toString(), () -> obeys(one)));
    }

    @Test
    void everyScenarioIsWhereItSays() {
        assertThat(Scenarios.all())
                .allSatisfy(scenario -> assertThat(scenario.chat().get().at()).isEqualTo(scenario.state()));
    }

    @Test
    void everyStateHasAScenario() {
        assertThat(Scenarios.all().stream().map(Scenarios.Scenario::state)).containsAll(EnumSet.allOf(State.class));
    }

    @Test
    void everyEdgeOfTheTableIsTaken() {
        var table = new TreeSet<String>();
        for (State from : State.values()) {
            for (Transition transition : Transition.values()) {
                Transitions.outcomes(from, transition).forEach(to -> table.add(edge(from, transition, to)));
            }
        }
        var taken = new TreeSet<String>();
        cases().forEach(one -> {
            TestChat chat = one.chat();
            if (chat.meets(one.command(chat)) instanceof Decision.Accepted) {
                State to = chat.state().state().orElseThrow();
                taken.add(edge(one.scenario().state(), one.transition(), to));
            }
        });
        assertThat(taken).isEqualTo(table);
    }

    private static void obeys(Case one) {
        TestChat chat = one.chat();
        ChatCommand command = one.command(chat);
        if (one.outcomes().isEmpty() || lacksItsRunner(command, chat)) {
            assertThat(chat.codeOf(command)).isEqualTo(refusal(one.scenario().state(), command));
        } else if (replacesWhatACompactionLacks(one, chat)) {
            assertThat(chat.codeOf(command)).isEqualTo(ErrorCode.CHAT_BUSY);
        } else {
            assertThat(chat.does(command).at()).isIn(one.outcomes());
        }
    }

    private static boolean lacksItsRunner(ChatCommand command, TestChat chat) {
        return command instanceof ChatCommand.Fenced && chat.state().hold().node() == null;
    }

    private static boolean replacesWhatACompactionLacks(Case one, TestChat chat) {
        return one.transition() == Transition.SEND_ROLLBACK
                && chat.state().turn().compaction();
    }

    private static ErrorCode refusal(State state, ChatCommand command) {
        if (state == State.N) {
            return ErrorCode.CHAT_NOT_FOUND;
        }
        if (command instanceof ChatCommand.Fenced) {
            return ErrorCode.FENCED;
        }
        return switch (command.transition()) {
            case RECONCILE -> ErrorCode.CHAT_STATE_VALID;
            case CREATE -> ErrorCode.CHAT_EXISTS;
            case ARCHIVE -> ErrorCode.TRANSITION_NOT_ALLOWED;
            case SEND_REJECT -> archived(state) ? ErrorCode.CHAT_ARCHIVED : ErrorCode.CHAT_BUSY;
            default -> archived(state) ? ErrorCode.CHAT_ARCHIVED : ErrorCode.TRANSITION_NOT_ALLOWED;
        };
    }

    private static boolean archived(State state) {
        return state == State.XW || state == State.XE0 || state == State.XE1;
    }

    private static Stream<Case> cases() {
        return Scenarios.all().stream()
                .flatMap(scenario ->
                        Stream.of(Transition.values()).flatMap(transition -> variants(scenario, transition)));
    }

    private static Stream<Case> variants(Scenarios.Scenario scenario, Transition transition) {
        int count = Scenarios.commands(transition, scenario.chat().get()).size();
        return Stream.iterate(0, i -> i < count, i -> i + 1).map(i -> new Case(scenario, transition, i));
    }

    private static String edge(State from, Transition transition, State to) {
        return from + " -- " + transition + " --> " + to;
    }
}
