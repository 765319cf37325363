package dev.baton.runner.task;

import static dev.baton.runner.Samples.SETTINGS;
import static dev.baton.runner.task.TaskFixture.TOOL;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.ChatCommand.CompleteAction;
import dev.baton.persistence.chat.ChatCommand.RequireAction;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.chat.Step;
import dev.baton.runner.CapturedLog;
import dev.baton.runner.ChatRunner;
import dev.baton.runner.TaskFactory.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActionTimeoutTest {
    private static final Duration LEFT = Duration.ofMillis(30);

    private final TaskFixture fixture = new TaskFixture();

    @BeforeEach
    void requireAction() {
        var calls = new Step(Role.ASSISTANT, List.of(new Part.ToolCall("c1", TOOL.name(), "{}")), null, 1);
        fixture.must(new RequireAction(fixture.work().fence(), calls, Instant.EPOCH.plus(LEFT)));
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void givesUpWhenTheDeadlineHasPassedByTheDatabasesClock() {
        fixture.databaseTimePasses(LEFT);
        fixture.runToEnd(fixture.tasks().actionTimeout(fixture.work()));
        assertThat(fixture.state().status()).isEqualTo(Status.RUNNING);
        assertThat(fixture.last().content())
                .containsExactly(new Part.ToolResult("c1", "{\"error\":\"timed out\"}", true));
    }

    @Test
    void asksTheDatabasesClockAgainWhenItsOwnWaitIsOver() {
        ActorRef<?> task = fixture.start(fixture.tasks().actionTimeout(fixture.work()));
        awaitSecondWait();
        assertThat(fixture.state().status()).isEqualTo(Status.REQUIRES_ACTION);
        fixture.databaseTimePasses(LEFT);
        fixture.runner.expectTerminated(task);
        assertThat(fixture.state().status()).isEqualTo(Status.RUNNING);
    }

    @Test
    void tellsHowLongItMayBeSilent() {
        ActorRef<?> task = fixture.start(fixture.tasks().actionTimeout(fixture.work()));
        assertThat(doing().patience()).isZero();
        assertThat(doing())
                .isEqualTo(
                        new ChatRunner.Doing("waiting for the client's tools until " + Instant.EPOCH.plus(LEFT), LEFT));
        fixture.kit.stop(task);
    }

    @Test
    void endsQuietlyWhenTheToolsAreDone() {
        try (var log = CapturedLog.of("dev.baton")) {
            Work stale = fixture.work();
            fixture.must(new CompleteAction(List.of(new Part.ToolResult("c1", "{}", false))));
            fixture.databaseTimePasses(LEFT);
            fixture.runToEnd(fixture.tasks().actionTimeout(stale));
            assertThat(fixture.last().content()).containsExactly(new Part.ToolResult("c1", "{}", false));
            assertThat(log.aboveDebug()).isEmpty();
        }
    }

    @Test
    void writesUntilTheDatabaseIsThereAgain() {
        fixture.databaseTimePasses(SETTINGS.actionTimeout());
        fixture.chats.failing(3);
        fixture.runToEnd(fixture.tasks().actionTimeout(fixture.work()));
        assertThat(fixture.state().status()).isEqualTo(Status.RUNNING);
    }

    /** The first wait began and was over: it asked for the time twice and waits again. */
    private void awaitSecondWait() {
        for (int i = 0; i < 4; i++) {
            doing();
        }
    }

    private ChatRunner.Doing doing() {
        return (ChatRunner.Doing) fixture.runner.receiveMessage();
    }
}
