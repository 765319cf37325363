package dev.baton.runner.task;

import static dev.baton.runner.model.FakeModel.USAGE;
import static dev.baton.runner.model.FakeModel.text;
import static dev.baton.runner.task.TaskFixture.CHAT;
import static dev.baton.runner.task.TaskFixture.TOOL;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.stream.javadsl.Source;
import dev.baton.persistence.chat.ChatCommand.AssignRunner;
import dev.baton.persistence.chat.ChatCommand.StartAttempt;
import dev.baton.persistence.chat.ChatEvent.AttemptStarted;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.chat.Usage;
import dev.baton.persistence.parts.Told;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.episode.PartBuffer.Pulled;
import dev.baton.runner.model.FakeModel;
import dev.baton.runner.model.GoingOn.FromPosition;
import dev.baton.runner.model.GoingOn.FromPrefix;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.FinishReason;
import dev.baton.runner.model.TakeoverMode;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a runner does with an episode that another one has begun. */
class GoingOnTest {
    private static final Usage PAID = new Usage(7, 2, 0, 0);
    private static final Told TOLD = new Told(null, Usage.NONE, PAID, null);
    private static final Part CALL = new Part.ToolCall("c1", TOOL.name(), "{}");

    private final TaskFixture fixture = new TaskFixture();
    private final FakeModel model = fixture.model;
    private final EpisodeKey episode = fixture.state().episode();

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void saysOnlyWhatWasNotSaid() {
        said(TOLD, text("Hel"));
        model.says("lo");
        generate();
        assertThat(fixture.last().content()).containsExactly(text("Hello"));
        assertThat(model.requests()).hasSize(1);
        assertThat(model.requests().get(0).goingOn()).isEqualTo(new FromPrefix(List.of(text("Hel"))));
        assertThat(fixture.chats.accepted()).noneMatch(StartAttempt.class::isInstance);
        assertThat(fixture.pull(episode, 1)).isEqualTo(new Pulled.Parts(episode, 2, List.of(text("lo"))));
    }

    @Test
    void countsWhatBothCallsCost() {
        said(TOLD, text("Hel"));
        model.says("lo");
        generate();
        assertThat(fixture.last().usage()).isEqualTo(PAID.plus(USAGE));
    }

    @Test
    void logsWhatACallCostsBeforeItEnds() {
        model.then(Source.<ModelEvent>from(List.of(new ModelEvent.Used(PAID), new ModelEvent.Streamed(text("Hel"))))
                .concat(Source.maybe()));
        ActorRef<?> task = fixture.start(fixture.tasks().generation(fixture.work()));
        fixture.awaitParts(episode, 1);
        fixture.kit.stop(task);
        assertThat(fixture.log.logged(episode).told().total()).isEqualTo(PAID);
    }

    @Test
    void asksInTheSameAttemptWhenNothingWasSaid() {
        said(TOLD);
        model.says("Hello");
        generate();
        assertThat(model.requests().get(0).goingOn()).isNull();
        assertThat(fixture.last().usage()).isEqualTo(PAID.plus(USAGE));
        assertThat(fixture.chats.accepted()).noneMatch(StartAttempt.class::isInstance);
    }

    @Test
    void beginsAgainInANewAttemptWhenTheModelCannotGoOn() {
        model.can().says("Hello");
        said(TOLD, text("Hel"));
        generate();
        assertThat(fixture.last().content()).containsExactly(text("Hello"));
        assertThat(model.requests().get(0).goingOn()).isNull();
        var second = new EpisodeKey(CHAT, episode.historyVersion(), 2);
        assertThat(fixture.pull(second, 0)).isEqualTo(new Pulled.Parts(second, 1, List.of(text("Hello"))));
    }

    @Test
    void beginsAgainOnceWhenTheChatsAnswerGetsLost() {
        model.can().says("Hello");
        said(TOLD, text("Hel"));
        fixture.chats.losingAnswers(1);
        generate();
        assertThat(fixture.last().content()).containsExactly(text("Hello"));
        assertThat(fixture.chats.events(CHAT))
                .filteredOn(AttemptStarted.class::isInstance)
                .hasSize(2);
        assertThat(fixture.chats.accepted())
                .filteredOn(StartAttempt.class::isInstance)
                .hasSize(2);
    }

    @Test
    void beginsAgainWhenOnlyThinkingWasShown() {
        said(TOLD, new Part.Reasoning("hm", null));
        model.says("Hello");
        generate();
        assertThat(fixture.last().content()).containsExactly(text("Hello"));
        assertThat(fixture.chats.accepted()).hasAtLeastOneElementOfType(StartAttempt.class);
    }

    @Test
    void commitsAnAnswerThatWasWholeWithoutACall() {
        said(new Told(null, Usage.NONE, PAID, "LENGTH"), text("Hel"), text("lo"));
        generate();
        assertThat(model.requests()).isEmpty();
        assertThat(fixture.last().content()).containsExactly(text("Hello"));
        assertThat(fixture.last().usage()).isEqualTo(PAID);
        assertThat(fixture.state().status()).isEqualTo(Status.WAITING);
    }

    @Test
    void takesWholeToolCallsForSaid() {
        said(TOLD, text("let me look"), CALL);
        generate();
        assertThat(model.requests()).isEmpty();
        assertThat(fixture.state().status()).isEqualTo(Status.REQUIRES_ACTION);
        assertThat(Objects.requireNonNull(fixture.state().turn().action()).calls())
                .containsExactly((Part.ToolCall) CALL);
    }

    @Test
    void reattachesToAnAnswerThatTheProviderKeeps() {
        model.can(TakeoverMode.REATTACH, TakeoverMode.CONTINUE).says("lo");
        said(new Told("r1:4", Usage.NONE, PAID, null), text("Hel"));
        generate();
        assertThat(model.requests().get(0).goingOn()).isEqualTo(new FromPosition("r1:4", List.of(text("Hel"))));
        assertThat(fixture.last().content()).containsExactly(text("Hello"));
        assertThat(fixture.last().usage()).as("one call, told once").isEqualTo(USAGE);
    }

    @Test
    void reattachesBeforeTheFirstWord() {
        model.can(TakeoverMode.REATTACH)
                .then(Source.<ModelEvent>single(new ModelEvent.Kept("r1:0")).concat(Source.maybe()));
        ActorRef<?> task = fixture.start(fixture.tasks().generation(fixture.work()));
        fixture.runner.awaitAssert(() -> {
            assertThat(fixture.log.logged(episode).told().position()).isEqualTo("r1:0");
            return task;
        });
        fixture.kit.stop(task);
        model.says("Hello");
        generate();
        assertThat(model.requests().get(1).goingOn()).isEqualTo(new FromPosition("r1:0", List.of()));
        assertThat(fixture.last().content()).containsExactly(text("Hello"));
    }

    @Test
    void logsThePositionBehindEachPart() {
        model.can(TakeoverMode.REATTACH)
                .then(Source.<ModelEvent>from(List.of(
                                new ModelEvent.Streamed(text("Hel"), "r1:4"),
                                new ModelEvent.Streamed(text("l"), "r1:5")))
                        .concat(Source.maybe()));
        ActorRef<?> task = fixture.start(fixture.tasks().generation(fixture.work()));
        fixture.awaitParts(episode, 2);
        fixture.kit.stop(task);
        assertThat(fixture.log.logged(episode).told().position()).isEqualTo("r1:5");
    }

    @Test
    void continuesFromThePrefixWhenTheProviderHasForgottenTheAnswer() {
        model.can(TakeoverMode.REATTACH, TakeoverMode.CONTINUE)
                .then(Source.single(new ModelEvent.Forgotten()))
                .says("lo");
        said(new Told("r1:4", Usage.NONE, PAID, null), text("Hel"));
        generate();
        assertThat(model.requests().get(1).goingOn()).isEqualTo(new FromPrefix(List.of(text("Hel"))));
        assertThat(fixture.last().content()).containsExactly(text("Hello"));
        assertThat(fixture.last().usage()).isEqualTo(PAID.plus(USAGE));
    }

    @Test
    void beginsAgainWhenTheProviderHasForgottenTheAnswerAndCannotContinue() {
        model.can(TakeoverMode.REATTACH)
                .then(Source.single(new ModelEvent.Forgotten()))
                .says("Hello");
        said(new Told("r1:4", Usage.NONE, PAID, null), text("Hel"));
        generate();
        assertThat(model.requests().get(1).goingOn()).isNull();
        assertThat(fixture.last().content()).containsExactly(text("Hello"));
        assertThat(fixture.state().status()).isEqualTo(Status.WAITING);
    }

    @Test
    void waitsForADatabaseThatIsAwayInTheMiddleOfAnAnswer() {
        fixture.log.leave();
        model.answers(List.of(text("Hel"), text("lo")), FinishReason.STOP);
        ActorRef<?> task = fixture.start(fixture.tasks().generation(fixture.work()));
        fixture.log.comeBack();
        fixture.runner.expectTerminated(task);
        assertThat(fixture.last().content()).containsExactly(text("Hello"));
    }

    @Test
    void endsQuietlyWhenANewerRunnerHasTheEpisode() {
        said(TOLD, text("Hel"));
        fixture.parts.tell(new PartBuffer.Open(episode, 9, fixture.kit.system().ignoreRef()));
        generate();
        assertThat(model.requests()).isEmpty();
        assertThat(fixture.messages()).hasSize(1);
    }

    @Test
    void leavesNothingInTheLogOfAnAnswerThatIsCommitted() {
        model.says("Hello");
        generate();
        assertThat(fixture.pull(episode, 1)).isEqualTo(new Pulled.Ended(episode, 1));
        assertThat(fixture.log.logged(episode).parts()).isEmpty();
    }

    private void said(Told told, Part... parts) {
        fixture.log.saidBefore(episode, told, parts);
        fixture.must(new AssignRunner(1));
    }

    private void generate() {
        fixture.runToEnd(fixture.tasks().generation(fixture.work()));
    }
}
