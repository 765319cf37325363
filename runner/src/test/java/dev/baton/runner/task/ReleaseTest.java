package dev.baton.runner.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.ChatCommand.AssignRunner;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Status;
import dev.baton.runner.CapturedLog;
import dev.baton.runner.TaskFactory.Work;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReleaseTest {
    private final TaskFixture fixture = new TaskFixture();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void letsGoOfTheChatAndChangesNothingElse() {
        EpisodeKey episode = fixture.state().episode();
        fixture.append(episode, "Hel");
        release(fixture.work());
        assertThat(fixture.state().hold().node()).isNull();
        assertThat(fixture.state().status()).isEqualTo(Status.RUNNING);
        assertThat(fixture.state().episode()).isEqualTo(episode);
        assertThat(fixture.log.logged(episode).parts())
                .as("what the next runner goes on from")
                .hasSize(1);
    }

    @Test
    void neverLetsGoOfAChatThatAnotherRunnerHolds() {
        try (var log = CapturedLog.of("dev.baton")) {
            Work stale = fixture.work();
            fixture.must(new AssignRunner(1));
            release(stale);
            assertThat(fixture.state().hold().node()).isNotNull();
            assertThat(fixture.state().hold().epoch()).isEqualTo(2);
            assertThat(log.aboveDebug()).isEmpty();
        }
    }

    @Test
    void canBeRepeated() {
        Work work = fixture.work();
        release(work);
        release(work);
        assertThat(fixture.state().hold().node()).isNull();
    }

    @Test
    void writesUntilTheDatabaseIsThereAgain() {
        fixture.chats.failing(3);
        release(fixture.work());
        assertThat(fixture.state().hold().node()).isNull();
    }

    private void release(Work work) {
        fixture.runToEnd(fixture.tasks().release(work));
    }
}
