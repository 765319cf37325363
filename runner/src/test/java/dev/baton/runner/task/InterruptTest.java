package dev.baton.runner.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatCommand.AssignRunner;
import dev.baton.persistence.chat.ChatCommand.ScheduleRetry;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.parts.Told;
import dev.baton.runner.CapturedLog;
import dev.baton.runner.ChatRunner;
import dev.baton.runner.TaskFactory.Work;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.episode.PartBuffer.Pulled;
import dev.baton.runner.model.FakeModel;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InterruptTest {
    private final TaskFixture fixture = new TaskFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void keepsWhatWasSaidAsAnInterruptedAnswer() {
        EpisodeKey episode = fixture.state().episode();
        fixture.append(episode, "Hel", "lo");
        interrupt();
        assertThat(fixture.state().status()).isEqualTo(Status.WAITING);
        assertThat(fixture.last().content()).containsExactly(new Part.Text("Hello"));
        assertThat(fixture.last().interrupted()).isTrue();
        assertThat(fixture.pull(episode, 2)).isEqualTo(new Pulled.Ended(episode, 2));
    }

    @Test
    void commitsThePartialBeforeThePromotedMessage() {
        fixture.append(fixture.state().episode(), "Hel");
        fixture.send("and then?");
        interrupt();
        assertThat(fixture.state().status()).isEqualTo(Status.RUNNING);
        assertThat(fixture.messages()).extracting(Message::role).containsExactly(Role.USER, Role.ASSISTANT, Role.USER);
    }

    @Test
    void keepsWhatWasSaidOnANodeThatDied() {
        EpisodeKey episode = fixture.state().episode();
        fixture.log.saidBefore(
                episode,
                new Told(null, Usage.NONE, new Usage(7, 0, 0, 0), null),
                new Part.Text("Hel"),
                new Part.Text("lo"));
        fixture.interrupt();
        fixture.must(new AssignRunner(1));
        fixture.runToEnd(fixture.tasks().interrupt(fixture.work()));
        assertThat(fixture.last().content()).containsExactly(new Part.Text("Hello"));
        assertThat(fixture.last().usage()).isEqualTo(new Usage(7, 0, 0, 0));
        assertThat(fixture.pull(episode, 2)).isEqualTo(new Pulled.Ended(episode, 2));
        assertThat(fixture.log.logged(episode).parts()).isEmpty();
    }

    @Test
    void leavesTheCommitToWhoeverTookTheEpisode() {
        fixture.interrupt();
        Work stale = fixture.work();
        fixture.parts.tell(new PartBuffer.Open(
                fixture.state().episode(), 9, fixture.kit.system().ignoreRef()));
        fixture.runToEnd(fixture.tasks().interrupt(stale));
        assertThat(fixture.state().status()).isEqualTo(Status.INTERRUPTING);
    }

    @Test
    void endsTheTurnWhenNothingWasSaid() {
        interrupt();
        assertThat(fixture.state().status()).isEqualTo(Status.WAITING);
        assertThat(fixture.messages()).hasSize(1);
    }

    @Test
    void leavesNothingOfAnAttemptThatHadFailed() {
        fixture.append(fixture.state().episode(), "Hel");
        fixture.must(new ScheduleRetry(
                fixture.work().fence(), FakeModel.failure(FailureKind.TIMEOUT, true), Duration.ofHours(1)));
        interrupt();
        assertThat(fixture.messages()).hasSize(1);
    }

    @Test
    void endsQuietlyWhenTheChatHasMovedOn() {
        try (var log = CapturedLog.of("dev.baton")) {
            fixture.interrupt();
            Work stale = fixture.work();
            fixture.must(new dev.baton.persistence.chat.ChatCommand.EditMessage(
                    fixture.messages().get(0).id(), TaskFixture.say("hi again")));
            int commands = fixture.chats.accepted().size();
            fixture.runToEnd(fixture.tasks().interrupt(stale));
            assertThat(fixture.chats.accepted()).hasSize(commands);
            assertThat(fixture.runner.receiveMessage())
                    .isEqualTo(new ChatRunner.Observed(fixture.state().hint()));
            assertThat(log.aboveDebug()).isEmpty();
        }
    }

    @Test
    void writesUntilTheDatabaseIsThereAgain() {
        fixture.append(fixture.state().episode(), "Hel");
        fixture.interrupt();
        fixture.chats.failing(3);
        fixture.runToEnd(fixture.tasks().interrupt(fixture.work()));
        assertThat(fixture.last().content()).containsExactly(new Part.Text("Hel"));
    }

    private void interrupt() {
        fixture.interrupt();
        fixture.runToEnd(fixture.tasks().interrupt(fixture.work()));
    }
}
