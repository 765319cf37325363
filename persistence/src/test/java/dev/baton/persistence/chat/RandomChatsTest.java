package dev.baton.persistence.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is asked of a chat, in whatever order, {@link Invariants} hold after each command. */
class RandomChatsTest {
    private static final int CHATS = 200;
    private static final int COMMANDS = 200;

    static LongStream seeds() {
        return LongStream.range(0, CHATS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void keepsItsInvariants(long seed) {
        var chat = new TestChat();
        var commands = new RandomCommands(seed);
        Map<String, Sent> firstOutcomes = new HashMap<>();
        for (int i = 0; i < COMMANDS; i++) {
            ChatCommand command = commands.next(chat.on(commands.node()).state());
            ChatState before = chat.state();
            Decision decision = chat.meets(command);
            if (decision instanceof Decision.Refused) {
                assertThat(chat.state()).isSameAs(before);
            }
            answersARepeatedSendAsBefore(command, decision, firstOutcomes);
        }
        chat.restarted();
    }

    /** Otherwise the test above would prove little. */
    @Test
    void getsEverywhere() {
        Set<State> seen = EnumSet.noneOf(State.class);
        Set<Transition> accepted = EnumSet.noneOf(Transition.class);
        for (long seed = 0; seed < 20; seed++) {
            var chat = new TestChat();
            var commands = new RandomCommands(seed);
            for (int i = 0; i < COMMANDS; i++) {
                seen.add(chat.state().state().orElseThrow());
                ChatCommand command = commands.next(chat.state());
                if (chat.meets(command) instanceof Decision.Accepted) {
                    accepted.add(command.transition());
                }
            }
        }
        assertThat(seen).containsExactlyInAnyOrder(State.values());
        assertThat(accepted)
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Transition.RECONCILE)));
    }

    private static void answersARepeatedSendAsBefore(
            ChatCommand command, Decision decision, Map<String, Sent> firstOutcomes) {
        if (!(command instanceof ChatCommand.SendMessage send) || send.message().clientMessageId() == null) {
            return;
        }
        String id = send.message().clientMessageId();
        Sent first = firstOutcomes.get(id);
        if (first != null) {
            assertThat(decision).isEqualTo(new Decision.Accepted(List.of(), first));
        } else if (decision instanceof Decision.Accepted accepted && accepted.sent() != null) {
            firstOutcomes.put(id, accepted.sent());
        }
    }
}
