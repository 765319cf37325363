package dev.baton.runner.task;

import static dev.baton.runner.Samples.NODE;
import static dev.baton.runner.Samples.OTHER_NODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatCommand.AssignRunner;
import dev.baton.persistence.chat.ChatEvent.RunnerAssigned;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Move;
import dev.baton.persistence.chat.Status;
import dev.baton.runner.CapturedLog;
import dev.baton.runner.TaskFactory.Work;
import dev.baton.runner.episode.PartBuffer.Pulled;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandOverTest {
    private final TaskFixture fixture = new TaskFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void givesTheChatToTheNodeThatStays() {
        EpisodeKey episode = fixture.state().episode();
        fixture.append(episode, "Hel");
        Work work = fixture.work();
        fixture.chats.moveTo(OTHER_NODE);
        handOver(work);
        assertThat(fixture.state().hold().node()).isEqualTo(OTHER_NODE);
        assertThat(fixture.state().turn().attempt()).isEqualTo(2);
        assertThat(fixture.chats.events(TaskFixture.CHAT))
                .contains(new RunnerAssigned(
                        2, OTHER_NODE, new Move(NODE, Move.Cause.HANDOVER, Duration.ZERO), Instant.EPOCH));
        assertThat(fixture.pull(episode, 1)).isEqualTo(new Pulled.Ended(episode, 1));
    }

    @Test
    void letsGoOfTheChatWhenNobodyStays() {
        Work work = fixture.work();
        fixture.chats.moveTo(null);
        handOver(work);
        assertThat(fixture.state().hold().node()).isNull();
        assertThat(fixture.state().status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void neverGivesAwayAChatThatAnotherRunnerHolds() {
        try (var log = CapturedLog.of("dev.baton")) {
            Work stale = fixture.work();
            fixture.must(new AssignRunner(1));
            fixture.chats.moveTo(OTHER_NODE);
            handOver(stale);
            assertThat(fixture.state().hold().node()).isEqualTo(NODE);
            assertThat(log.aboveDebug()).isEmpty();
        }
    }

    @Test
    void writesUntilTheDatabaseIsThereAgain() {
        Work work = fixture.work();
        fixture.chats.moveTo(OTHER_NODE);
        fixture.chats.failing(3);
        handOver(work);
        assertThat(fixture.state().hold().node()).isEqualTo(OTHER_NODE);
    }

    private void handOver(Work work) {
        fixture.runToEnd(fixture.tasks().handOver(work));
    }
}
