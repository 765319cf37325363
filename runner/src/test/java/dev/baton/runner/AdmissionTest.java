package dev.baton.runner;

import static dev.baton.runner.Samples.NODE;
import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private final TestInbox<ChatRunner.Command> runner = TestInbox.create();
    private final Admission admission = new Admission(1);

    @Test
    void grantsWhileThereIsCapacity() {
        ask("ann", 1);
        ask("ann", 2);
        assertThat(granted()).containsExactly(1L);
        assertThat(admission.isWaiting(chat(1))).isFalse();
        assertThat(admission.isWaiting(chat(2))).isTrue();
        assertThat(admission.held()).isEqualTo(1);
    }

    @Test
    void letsOwnersTakeTurnsAndEachOwnersChatsGoInOrder() {
        ask("ann", 1);
        ask("ann", 2);
        ask("ann", 3);
        ask("ben", 4);
        ask("ben", 5);
        ask("cid", 6);
        assertThat(admission.order()).containsExactly(chat(2), chat(4), chat(6), chat(3), chat(5));

        for (int done : List.of(1, 2, 4, 6, 3)) {
            giveBack(done);
        }
        assertThat(granted()).containsExactly(1L, 2L, 4L, 6L, 3L, 5L);
    }

    @Test
    void givesAnOwnerWhoComesLaterATurnBeforeSecondChatsOfOthers() {
        ask("ann", 1);
        ask("ann", 2);
        ask("ann", 3);
        giveBack(1);
        ask("ben", 4);
        assertThat(admission.order()).containsExactly(chat(3), chat(4));
    }

    @Test
    void keepsThePlaceOfAChatThatAsksAgain() {
        ask("ann", 1);
        ask("ann", 2);
        ask("ann", 3);
        ask("ann", 2);
        assertThat(admission.order()).containsExactly(chat(2), chat(3));
    }

    @Test
    void grantsAgainToWhoHasItAlready() {
        ask("ann", 1);
        ask("ann", 1);
        assertThat(granted()).containsExactly(1L, 1L);
        assertThat(admission.held()).isEqualTo(1);
    }

    @Test
    void forgetsWhoStopsWaiting() {
        ask("ann", 1);
        ask("ann", 2);
        ask("ann", 3);
        giveBack(2);
        giveBack(1);
        assertThat(granted()).containsExactly(1L, 3L);
    }

    @Test
    void ignoresWhatAnotherEpochGivesBack() {
        ask("ann", 1);
        ask("ann", 2);
        admission.giveBack(new Epoch(chat(1), 8, NODE));
        admission.giveBack(new Epoch(chat(2), 8, NODE));
        assertThat(admission.held()).isEqualTo(1);
        assertThat(admission.isWaiting(chat(2))).isTrue();
    }

    @Test
    void grantsNothingOnceClosed() {
        ask("ann", 1);
        ask("ann", 2);
        admission.close();
        giveBack(1);
        ask("ann", 3);
        assertThat(granted()).containsExactly(1L);
    }

    private void ask(String owner, int number) {
        admission.ask(new Admission.Request(epoch(number), owner, number, runner.getRef()));
    }

    private void giveBack(int number) {
        admission.giveBack(epoch(number));
    }

    private static Epoch epoch(int number) {
        return new Epoch(chat(number), 7, NODE);
    }

    private List<Long> granted() {
        var tickets = new ArrayList<Long>();
        runner.getAllReceived().forEach(command -> tickets.add(((ChatRunner.Admitted) command).ticket()));
        return tickets;
    }
}
