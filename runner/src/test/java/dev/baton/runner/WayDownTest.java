package dev.baton.runner;

import static dev.baton.runner.Samples.NODE;
import static dev.baton.runner.Samples.OWNER;
import static dev.baton.runner.Samples.SETTINGS;
import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import dev.baton.persistence.chat.Status;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WayDownTest {
    private final WayDown wayDown = new WayDown(2);
    private final List<TestInbox<ChatRunner.Command>> inboxes = new ArrayList<>();

    @Test
    void cutsNoMoreChatsThanMayMoveAtOnce() {
        wayDown.begin(List.of(runner(Status.RUNNING), runner(Status.RUNNING), runner(Status.RUNNING)));
        assertThat(told()).containsExactly(true, true, false);

        wayDown.ended(epoch(0));
        assertThat(told()).containsExactly(true, true, true);
    }

    @Test
    void passesOverWhatEndedBeforeItsTurn() {
        wayDown.begin(List.of(
                runner(Status.RUNNING), runner(Status.RUNNING), runner(Status.RUNNING), runner(Status.RUNNING)));
        wayDown.ended(epoch(2));
        wayDown.ended(epoch(0));
        assertThat(told()).containsExactly(true, true, false, true);
    }

    @Test
    void letsInterruptionsTakeNobodysTurn() {
        wayDown.begin(List.of(
                runner(Status.INTERRUPTING),
                runner(Status.INTERRUPTING),
                runner(Status.INTERRUPTING),
                runner(Status.RUNNING)));
        assertThat(told()).containsExactly(true, true, true, true);
    }

    @Test
    void cutsNothingMoreOnceItIsGivenUp() {
        wayDown.begin(List.of(runner(Status.RUNNING), runner(Status.RUNNING), runner(Status.RUNNING)));
        wayDown.giveUp();
        wayDown.ended(epoch(0));
        assertThat(told()).containsExactly(true, true, false);
    }

    private LiveRunner runner(Status status) {
        TestInbox<ChatRunner.Command> inbox = TestInbox.create();
        int number = inboxes.size();
        inboxes.add(inbox);
        return new LiveRunner(
                epoch(number),
                inbox.getRef(),
                Samples.hint(chat(number), OWNER, 1, 5, 5, status),
                new HintBuffer(1),
                new Watchdog(SETTINGS.stallAfter()));
    }

    private List<Boolean> told() {
        return inboxes.stream().map(TestInbox::hasMessages).toList();
    }

    private static Epoch epoch(int number) {
        return new Epoch(chat(number), 1, NODE);
    }
}
