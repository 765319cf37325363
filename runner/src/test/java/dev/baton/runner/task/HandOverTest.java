package dev.baton.runner.task;

import static dev.baton.runner.Samples.NODE;
import static dev.baton.runner.Samples.OTHER_NODE;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.ChatCommand.AssignRunner;
import dev.baton.persistence.chat.ChatEvent.RunnerAssigned;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Move;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Status;
import dev.baton.runner.CapturedLog;
import dev.baton.runner.TaskFactory.Work;
import dev.baton.runner.episode.PartBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        assertThat(fixture.state().turn().attempt())
                .as("the attempt that goes on")
                .isEqualTo(1);
        assertThat(fixture.chats.events(TaskFixture.CHAT))
                .contains(new RunnerAssigned(
                        2, OTHER_NODE, new Move(NODE, Move.Cause.HANDOVER, Duration.ZERO), Instant.EPOCH));
        assertThat(fixture.log.logged(episode).parts()).containsExactly(new Part.Text("Hel"));
    }

    @Test
    void givesTheChatAwayWhenAllThatWasSaidIsInTheLog() {
        EpisodeKey episode = fixture.state().episode();
        fixture.append(episode, "Hel");
        Work work = fixture.work();
        fixture.chats.moveTo(OTHER_NODE);
        fixture.log.leave();
        fixture.parts.tell(new PartBuffer.Append(
                episode,
                List.of(new Part.Text("lo")),
                null,
                fixture.kit.system().ignoreRef()));
        ActorRef<?> task = fixture.start(fixture.tasks().handOver(work));
        fixture.awaitParts(episode, 1);
        assertThat(fixture.state().hold().node()).isEqualTo(NODE);
        fixture.log.comeBack();
        fixture.runner.expectTerminated(task);
        assertThat(fixture.state().hold().node()).isEqualTo(OTHER_NODE);
        assertThat(fixture.log.logged(episode).parts()).hasSize(2);
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
