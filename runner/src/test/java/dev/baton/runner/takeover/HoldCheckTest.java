package dev.baton.runner.takeover;

import static dev.baton.runner.Samples.NODE;
import static dev.baton.runner.Samples.OTHER_NODE;
import static dev.baton.runner.Samples.OWNER;
import static dev.baton.runner.Samples.SETTINGS;
import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.Effect;
import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.CapturedLog;
import dev.baton.runner.FakeChats;
import dev.baton.runner.RunnerSupervisor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldCheckTest {
    private final FakeChats chats = new FakeChats(NODE);
    private final List<ChatId> known = new ArrayList<>();
    private final FakeStaleChats stale = new FakeStaleChats(chats, known);
    private final TestInbox<RunnerSupervisor.Command> supervisor = TestInbox.create();
    private final BehaviorTestKit<HoldCheck.Command> check =
            BehaviorTestKit.create(HoldCheck.create(NODE, stale, supervisor.getRef(), SETTINGS));

    @Test
    void tellsPageByPageWhatTheNodeHolds() {
        for (int i = 1; i <= 3; i++) {
            create(i);
        }
        chats.moveTo(OTHER_NODE);
        create(4);
        look();
        assertThat(supervisor.getAllReceived())
                .containsExactly(
                        new RunnerSupervisor.Held(List.of(chat(1), chat(2))),
                        new RunnerSupervisor.Held(List.of(chat(3))));
    }

    @Test
    void looksAgainAndAgain() {
        look();
        create(1);
        look();
        assertThat(supervisor.getAllReceived()).containsExactly(new RunnerSupervisor.Held(List.of(chat(1))));
    }

    @Test
    void looksAgainWhenTheDatabaseIsBackAndLeavesItToOthersToSayThatItWasAway() {
        try (var log = CapturedLog.of("dev.baton")) {
            create(1);
            stale.setAway(true);
            look();
            stale.setAway(false);
            look();
            assertThat(supervisor.getAllReceived()).hasSize(1);
            assertThat(log.aboveDebug()).isEmpty();
        }
    }

    /** Lets the wait pass, after which the next one begins. */
    private void look() {
        Effect.TimerScheduled<?> timer = check.getAllEffects().stream()
                .filter(Effect.TimerScheduled.class::isInstance)
                .map(effect -> (Effect.TimerScheduled<?>) effect)
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(timer.duration()).isEqualTo(SETTINGS.takeover().sweepInterval());
        timer.send().apply();
        while (check.selfInbox().hasMessages()) {
            check.runOne();
        }
    }

    private void create(int number) {
        known.add(chat(number));
        var first = new NewMessage(List.of(new Part.Text("hi")), null, null);
        chats.execute(
                chat(number),
                new ChatCommand.Create(
                        OWNER, new Details("", Map.of(), false), "fake/one", null, List.of(), null, first));
    }
}
