package dev.baton.persistence.chat;

import static dev.baton.persistence.chat.Samples.OTHER_NODE;
import static dev.baton.persistence.chat.Samples.answer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A runner's command for work that is no longer there ends quietly. */
class FenceTest {

    static List<Transition> fenced() {
        TestChat chat = TestChat.running();
        return List.of(Transition.values()).stream()
                .filter(transition -> Scenarios.commands(transition, chat).get(0) instanceof ChatCommand.Fenced)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("fenced")
    void refusesAnotherHistory(Transition transition) {
        refusesWhatWasMadeBefore(transition, chat -> chat.commits(answer("so")));
    }

    @ParameterizedTest
    @MethodSource("fenced")
    void refusesAnotherEpoch(Transition transition) {
        refusesWhatWasMadeBefore(transition, chat -> chat.on(OTHER_NODE).getsRunner());
    }

    @ParameterizedTest
    @MethodSource("fenced")
    void refusesWhatHasNoRunner(Transition transition) {
        refusesWhatWasMadeBefore(transition, TestChat::releasesRunner);
    }

    @Test
    void refusesAnAnswerThatComesAfterTheInterrupt() {
        refusesWhatWasMadeBefore(Transition.FINISH_TURN, TestChat::interrupted);
    }

    @Test
    void refusesAssignmentsThatSawAnotherEpoch() {
        TestChat chat = TestChat.running().getsRunner();

        assertThat(chat.codeOf(new ChatCommand.AssignRunner(1))).isEqualTo(ErrorCode.FENCED);
        assertThat(chat.codeOf(new ChatCommand.ReleaseRunner(1))).isEqualTo(ErrorCode.FENCED);
        assertThat(chat.codeOf(new ChatCommand.HandOver(1, null))).isEqualTo(ErrorCode.FENCED);
    }

    private static void refusesWhatWasMadeBefore(Transition transition, Function<TestChat, TestChat> change) {
        TestChat chat = TestChat.running();
        ChatCommand late = Scenarios.commands(transition, chat).get(0);
        ChatState changed = change.apply(chat).state();

        assertThat(chat.codeOf(late)).isEqualTo(ErrorCode.FENCED);
        assertThat(chat.state()).isEqualTo(changed);
    }
}
