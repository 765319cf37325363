package dev.baton.runner.task;

import static dev.baton.runner.Samples.SETTINGS;
import static dev.baton.runner.task.TaskFixture.CHAT;
import static dev.baton.runner.task.TaskFixture.TOOL;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.stream.javadsl.Source;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatCommand.ScheduleRetry;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Failure;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Message;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.PendingAction;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Status;
import dev.baton.runner.CapturedLog;
import dev.baton.runner.ChatRunner;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.Samples;
import dev.baton.runner.TaskFactory.Work;
import dev.baton.runner.episode.PartBuffer.Pulled;
import dev.baton.runner.model.FakeModel;
import dev.baton.runner.model.ModelEvent.FinishReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GenerationTest {
    private static final Part CALL = new Part.ToolCall("c1", TOOL.name(), "{}");
    private static final Part WRONG_CALL = new Part.ToolCall("c2", "teleport", "{}");
    private static final Failure OVERLOADED = FakeModel.failure(FailureKind.OVERLOADED, true);

    private final TaskFixture fixture = new TaskFixture();
    private final FakeModel model = fixture.model;

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void finishesTheTurnWithTheAnswerInOneWrite() {
        model.says("Hel", "lo");
        EpisodeKey episode = fixture.state().episode();
        generate();
        assertThat(fixture.state().status()).isEqualTo(Status.WAITING);
        assertThat(fixture.last().content()).containsExactly(new Part.Text("Hello"));
        assertThat(fixture.last().usage()).isEqualTo(FakeModel.USAGE);
        assertThat(stepCommitted().lastSeq()).isEqualTo(2);
        assertThat(fixture.chats.accepted()).hasSize(2);
        assertThat(fixture.pull(episode, 0))
                .isEqualTo(new Pulled.Parts(episode, 1, List.of(new Part.Text("Hel"), new Part.Text("lo"))));
        assertThat(fixture.pull(episode, 2)).isEqualTo(new Pulled.Ended(episode, 2));
    }

    @Test
    void tellsItsRunnerWhatTheChatIsWhenItIsDone() {
        generate();
        ChatRunner.FromTask last = null;
        while (!(last instanceof ChatRunner.Observed)) {
            last = fixture.runner.receiveMessage();
        }
        assertThat(last).isEqualTo(new ChatRunner.Observed(fixture.state().hint()));
    }

    @Test
    void asksTheModelWithTheChatsWords() {
        generate();
        var request = model.requests().get(0);
        assertThat(request.owner()).isEqualTo(Samples.OWNER);
        assertThat(request.model()).isEqualTo("fake/one");
        assertThat(request.systemPrompt()).isEqualTo("be kind");
        assertThat(request.tools()).containsExactly(TOOL);
        assertThat(request.history()).extracting(Message::role).containsExactly(Role.USER);
    }

    @Test
    void showsPartsBeforeTheAnswerIsWhole() {
        model.hangsAfter("a", "b");
        EpisodeKey episode = fixture.state().episode();
        ActorRef<?> task = fixture.start(generation());
        fixture.awaitParts(episode, 2);
        fixture.kit.stop(task);
    }

    @Test
    void takesAThousandPartsInOrder() {
        var numbers = java.util.stream.IntStream.range(0, 1000)
                .<Part>mapToObj(i -> new Part.Text(i + " "))
                .toList();
        model.answers(numbers, FinishReason.STOP);
        generate();
        String text = ((Part.Text) fixture.last().content().get(0)).text();
        assertThat(text).startsWith("0 1 2 ").endsWith(" 998 999 ");
        assertThat(stepCommitted().lastSeq()).isEqualTo(1000);
    }

    @Test
    void requiresTheClientsActionWithTheStepInOneWrite() {
        fixture.databaseTimePasses(Duration.ofSeconds(100));
        model.answers(List.of(new Part.Text("let me look"), CALL), FinishReason.TOOL_CALLS);
        generate();
        assertThat(fixture.state().status()).isEqualTo(Status.REQUIRES_ACTION);
        assertThat(fixture.last().content()).containsExactly(new Part.Text("let me look"), CALL);
        assertThat(fixture.state().turn().action())
                .isEqualTo(new PendingAction(
                        List.of((Part.ToolCall) CALL),
                        Instant.EPOCH.plusSeconds(100).plus(SETTINGS.actionTimeout())));
        assertThat(fixture.chats.accepted()).hasSize(2);
    }

    @Test
    void answersCallsOfToolsThatDoNotExistWithAnError() {
        model.answers(List.of(CALL, WRONG_CALL), FinishReason.TOOL_CALLS);
        generate();
        assertThat(fixture.state().status()).isEqualTo(Status.RUNNING);
        generate();
        assertThat(fixture.last().content())
                .containsExactly(new Part.ToolResult("c2", "{\"error\":\"there is no such tool\"}", true));
        generate();
        assertThat(fixture.state().status()).isEqualTo(Status.REQUIRES_ACTION);
        assertThat(Objects.requireNonNull(fixture.state().turn().action()).calls())
                .containsExactly((Part.ToolCall) CALL);
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void failsTheTurnWhenItHasTakenAllItsSteps() {
        for (int i = 0; i < SETTINGS.maxSteps(); i++) {
            model.answers(List.of(new Part.ToolCall("c" + i, "teleport", "{}")), FinishReason.TOOL_CALLS);
        }
        while (fixture.state().status() == Status.RUNNING) {
            generate();
        }
        assertThat(fixture.state().status()).isEqualTo(Status.ERROR);
        assertThat(failure().kind()).isEqualTo(FailureKind.STEP_LIMIT);
    }

    @Test
    void triesAgainInANewEpisodeAfterAFailureThatIsWorthIt() {
        model.failsAfter(OVERLOADED, null, "ha").says("Hello");
        EpisodeKey first = fixture.state().episode();
        generate();
        assertThat(fixture.last().content()).containsExactly(new Part.Text("Hello"));
        var second = new EpisodeKey(CHAT, first.historyVersion(), 2);
        assertThat(fixture.pull(second, 1)).isEqualTo(new Pulled.Ended(second, 1));
        assertThat(fixture.chats.accepted())
                .filteredOn(ScheduleRetry.class::isInstance)
                .map(command -> ((ScheduleRetry) command).delay())
                .containsExactly(SETTINGS.model().retry().before(1));
    }

    @Test
    void waitsAsLongAsTheProviderAsks() {
        model.failsAfter(OVERLOADED, Duration.ofMillis(7));
        generate();
        assertThat(fixture.chats.accepted())
                .filteredOn(ScheduleRetry.class::isInstance)
                .map(command -> ((ScheduleRetry) command).delay())
                .containsExactly(Duration.ofMillis(7));
    }

    @Test
    void failsTheTurnWhenItsRetriesAreUsedUp() {
        model.failsAfter(OVERLOADED, null).failsAfter(OVERLOADED, null).failsAfter(OVERLOADED, null);
        generate();
        assertThat(fixture.state().status()).isEqualTo(Status.ERROR);
        assertThat(failure()).isEqualTo(OVERLOADED);
        assertThat(model.requests()).hasSize(1 + SETTINGS.model().maxRetries());
    }

    @Test
    void failsTheTurnAtOnceWhenTryingAgainIsOfNoUse() {
        Failure auth = FakeModel.failure(FailureKind.AUTH, false);
        model.failsAfter(auth, null);
        generate();
        assertThat(failure()).isEqualTo(auth);
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void takesAnAnswerWithoutAnEndForAFailure() {
        model.breaksOffAfter("Hel").says("Hello");
        generate();
        assertThat(fixture.last().content()).containsExactly(new Part.Text("Hello"));
        assertThat(retried()).extracting(Failure::kind).containsExactly(FailureKind.TIMEOUT);
    }

    @Test
    void takesAnEmptyAnswerForAFailure() {
        model.answers(List.of(), FinishReason.STOP).says("Hello");
        generate();
        assertThat(fixture.last().content()).containsExactly(new Part.Text("Hello"));
        assertThat(retried()).extracting(Failure::kind).containsExactly(FailureKind.GENERIC);
    }

    @Test
    void takesSilenceForAFailure() {
        model.hangsAfter("Hel").says("Hello");
        RunnerSettings impatient =
                with(new RunnerSettings.Model(2, SETTINGS.model().retry(), Duration.ofMillis(250)));
        fixture.runToEnd(fixture.tasks(impatient).generation(fixture.work()));
        assertThat(fixture.last().content()).containsExactly(new Part.Text("Hello"));
        assertThat(retried()).extracting(Failure::kind).containsExactly(FailureKind.STREAM_SILENCE_TIMEOUT);
    }

    @Test
    void failsTheTurnWhenTheContentFilterLeavesNothing() {
        model.answers(List.of(), FinishReason.CONTENT_FILTER);
        generate();
        assertThat(failure().kind()).isEqualTo(FailureKind.CONTENT_FILTER);
    }

    @Test
    void keepsWhatTheContentFilterLeft() {
        model.answers(List.of(new Part.Text("well")), FinishReason.CONTENT_FILTER);
        generate();
        assertThat(fixture.state().status()).isEqualTo(Status.WAITING);
        assertThat(fixture.last().content()).containsExactly(new Part.Text("well"));
    }

    @Test
    void failsTheTurnWhenTheAnswerOutgrowsTheBuffer() {
        model.says("x".repeat(1 << 20));
        generate();
        assertThat(failure().message()).isEqualTo("the answer is larger than 1048576 bytes");
    }

    @Test
    void countsACallThatBreaksDownAsAFailedTry() {
        model.then(Source.<dev.baton.runner.model.ModelEvent>failed(new IllegalStateException("a bug")));
        generate();
        assertThat(failure().message()).isEqualTo("the model call failed");
    }

    @Test
    void startsTheAttemptThatWasAppointedBeforeItBegan() {
        fixture.must(new ScheduleRetry(fixture.work().fence(), OVERLOADED, Duration.ofMillis(1)));
        generate();
        assertThat(model.requests()).hasSize(1);
        assertThat(fixture.chats.accepted())
                .filteredOn(ChatCommand.StartAttempt.class::isInstance)
                .hasSize(1);
    }

    @Test
    void makesASummaryTheContextOfACompactedChat() {
        model.says("Hello").says("they said hello");
        generate();
        fixture.must(new ChatCommand.Compact());
        generate();
        assertThat(fixture.state().status()).isEqualTo(Status.WAITING);
        assertThat(fixture.state().history().context())
                .extracting(Message::content)
                .containsExactly(List.of(new Part.Text("they said hello")));
        var request = model.requests().get(1);
        assertThat(request.tools()).isEmpty();
        assertThat(request.history()).hasSize(3);
    }

    @Test
    void endsQuietlyWhenTheChatHasMovedOn() {
        try (var log = CapturedLog.of("dev.baton")) {
            Work stale = fixture.work();
            fixture.interrupt();
            fixture.runToEnd(fixture.tasks().generation(stale));
            assertThat(model.requests()).isEmpty();
            assertThat(fixture.runner.receiveMessage())
                    .isEqualTo(new ChatRunner.Observed(fixture.state().hint()));
            assertThat(log.aboveDebug()).isEmpty();
        }
    }

    @Test
    void neverCommitsAnAnswerToAHistoryThatHasChanged() {
        model.hangsAfter("stale");
        EpisodeKey episode = fixture.state().episode();
        ActorRef<?> task = fixture.start(generation());
        fixture.awaitParts(episode, 1);
        fixture.must(new ChatCommand.EditMessage(fixture.messages().get(0).id(), TaskFixture.say("hi again")));
        fixture.kit.stop(task);
        generate();
        assertThat(fixture.messages()).hasSize(2);
        assertThat(fixture.last().content()).containsExactly(new Part.Text("ok"));
        assertThat(fixture.state().hold().node()).isNull();
    }

    @Test
    void cancelsTheCallAndLeavesTheEpisodeReadableWhenItIsStopped() {
        try (var log = CapturedLog.of("dev.baton")) {
            model.hangsAfter("a", "b");
            EpisodeKey episode = fixture.state().episode();
            ActorRef<?> task = fixture.start(generation());
            fixture.awaitParts(episode, 2);
            fixture.kit.stop(task);
            fixture.runner.awaitAssert(() -> assertThat(model.open()).isZero());
            assertThat(((Pulled.Parts) fixture.pull(episode, 0)).parts()).hasSize(2);
            assertThat(log.aboveDebug()).isEmpty();
        }
    }

    @Test
    void writesUntilTheDatabaseIsThereAgain() {
        model.says("Hello");
        fixture.chats.failing(3);
        generate();
        assertThat(fixture.last().content()).containsExactly(new Part.Text("Hello"));
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void endsWhenItsAnswerWasWrittenButNobodySaidSo() {
        model.says("Hello");
        fixture.chats.losingAnswers(1);
        RunnerSettings settings = withAskTimeout(Duration.ofMillis(250));
        fixture.runToEnd(fixture.tasks(settings).generation(fixture.work()));
        assertThat(fixture.messages()).hasSize(2);
        assertThat(model.requests()).hasSize(1);
    }

    @Test
    void leavesOnRecordThatItsAnswerWasRefusedAgainstTheRules() {
        try (var log = CapturedLog.of("dev.baton")) {
            fixture.chats.refusing(1);
            generate();
            assertThat(failure().message()).startsWith("the answer could not be committed: ");
            assertThat(model.requests()).hasSize(1);
            assertThat(log.aboveDebug()).hasSize(1);
        }
    }

    @Test
    void saysInTheLogThatNotEvenItsFailureWasTaken() {
        try (var log = CapturedLog.of("dev.baton")) {
            fixture.chats.refusing(2);
            generate();
            assertThat(fixture.state().status()).isEqualTo(Status.RUNNING);
            assertThat(log.aboveDebug()).hasSize(2);
        }
    }

    @Test
    void goesOnWithTheNextMessageOfTheQueueUnderTheSameEpoch() {
        fixture.send("and then?");
        long epoch = fixture.state().hold().epoch();
        generate();
        assertThat(fixture.state().status()).isEqualTo(Status.RUNNING);
        assertThat(fixture.state().hold().epoch()).isEqualTo(epoch);
        generate();
        assertThat(fixture.messages())
                .extracting(Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.USER, Role.ASSISTANT);
    }

    private void generate() {
        fixture.runToEnd(generation());
    }

    private akka.actor.typed.Behavior<?> generation() {
        return fixture.tasks().generation(fixture.work());
    }

    private Failure failure() {
        return Objects.requireNonNull(fixture.state().failure());
    }

    private List<Failure> retried() {
        return fixture.chats.accepted().stream()
                .filter(ScheduleRetry.class::isInstance)
                .map(command -> ((ScheduleRetry) command).failure())
                .toList();
    }

    private ChatEvent.StepCommitted stepCommitted() {
        return fixture.chats.events(CHAT).stream()
                .filter(ChatEvent.StepCommitted.class::isInstance)
                .map(ChatEvent.StepCommitted.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static RunnerSettings with(RunnerSettings.Model model) {
        return Samples.changed(SETTINGS.askTimeout(), model);
    }

    private static RunnerSettings withAskTimeout(Duration askTimeout) {
        return Samples.changed(askTimeout, SETTINGS.model());
    }
}
