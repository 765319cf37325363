package dev.baton.persistence.view;

import static dev.baton.persistence.chat.Status.REQUIRES_ACTION;
import static dev.baton.persistence.chat.Status.RUNNING;
import static dev.baton.persistence.view.SampleChat.chat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

abstract class ChatSweepContract extends ViewContract {
    private static final NodeId ALIVE = new NodeId("akka://baton@a:1#1");
    private static final NodeId DEAD = new NodeId("akka://baton@b:1#1");

    private final ChatSweep sweep = new ChatSweep(database, SETTINGS);

    @Test
    void findsChatsWithWorkThatNoLiveNodeRuns() {
        write(
                chat(1).in(RUNNING).runBy(ALIVE).update(),
                chat(2).in(RUNNING).runBy(DEAD).update(),
                chat(3).in(REQUIRES_ACTION).update(),
                chat(4).runBy(DEAD).update(),
                chat(5).in(RUNNING).runBy(DEAD).shelved().update());
        assertThat(sweep.withWork(Optional.empty(), Set.of(ALIVE), 10))
                .containsExactly(new ChatWithWork(chat(2).id(), 11, DEAD), new ChatWithWork(chat(3).id(), 11, null));
        assertThat(sweep.withWork(Optional.empty(), Set.of(), 10)).hasSize(3);
    }

    @Test
    void findsThemInPages() {
        write(
                chat(1).in(RUNNING).update(),
                chat(2).in(RUNNING).update(),
                chat(3).in(RUNNING).update());
        assertThat(sweep.withWork(Optional.empty(), Set.of(ALIVE), 2))
                .extracting(ChatWithWork::chat)
                .containsExactly(chat(1).id(), chat(2).id());
        assertThat(sweep.withWork(Optional.of(chat(2).id()), Set.of(ALIVE), 2))
                .extracting(ChatWithWork::chat)
                .containsExactly(chat(3).id());
    }

    @Test
    void findsChatsWithWorkThatANodeHolds() {
        write(
                chat(1).in(RUNNING).runBy(ALIVE).update(),
                chat(2).in(RUNNING).runBy(DEAD).update(),
                chat(3).in(RUNNING).update(),
                chat(4).runBy(ALIVE).update(),
                chat(5).in(REQUIRES_ACTION).runBy(ALIVE).update());
        assertThat(sweep.heldBy(ALIVE, Optional.empty(), 10)).containsExactly(chat(1).id(), chat(5).id());
        assertThat(sweep.heldBy(ALIVE, Optional.empty(), 1)).containsExactly(chat(1).id());
        assertThat(sweep.heldBy(ALIVE, Optional.of(chat(1).id()), 10)).containsExactly(chat(5).id());
    }

    @Test
    void findsRowsThatLagBehindTheJournal() {
        journal(chat(1).id(), 2);
        journal(chat(2).id(), 2);
        journal(chat(3).id(), 2);
        journal(chat(4).id(), 2);
        execute("insert into event_journal (persistence_id, sequence_number, deleted, writer, write_timestamp,"
                + " adapter_manifest, event_payload, event_ser_id, event_ser_manifest)"
                + " values ('Lease|other', 1, false, '', 0, '', '', 1, '')");
        write(
                chat(1).at(2).update(),
                chat(2).at(1).update(),
                new ChatUpdate(chat(4).at(2).row(), chat(4).at(1).update().messages()));

        assertThat(sweep.lagging(0, sweep.journalEnd(), 10))
                .containsExactlyInAnyOrder(chat(2).id(), chat(3).id(), chat(4).id());
        assertThat(sweep.lagging(0, sweep.journalEnd(), 2)).hasSize(2);
    }

    @Test
    void looksOnlyBetweenTheMarkAndTheEnd() {
        journal(chat(1).id(), 1);
        long first = sweep.journalEnd();
        journal(chat(2).id(), 1);
        long second = sweep.journalEnd();
        journal(chat(3).id(), 1);

        assertThat(sweep.lagging(first, second, 10)).containsExactly(chat(2).id());
    }

    @Test
    void aRowThatIsFurtherThanTheEndDoesNotLag() {
        journal(chat(1).id(), 3);
        write(chat(1).at(3).update());
        assertThat(sweep.lagging(0, sweep.journalEnd() - 1, 10)).isEmpty();
    }

    @Test
    void theMarkOnlyMovesUp() {
        assertThat(sweep.mark()).isZero();
        sweep.advanceMark(7);
        sweep.advanceMark(5);
        assertThat(sweep.mark()).isEqualTo(7);
        assertThat(sweep.journalEnd()).isZero();
    }

    private void journal(ChatId chat, int versions) {
        for (int version = 1; version <= versions; version++) {
            execute("insert into event_journal (persistence_id, sequence_number, deleted, writer, write_timestamp,"
                    + " adapter_manifest, event_payload, event_ser_id, event_ser_manifest) values ('Chat|" + chat
                    + "', " + version + ", false, '', 0, '', '', 1, '')");
        }
    }
}
