package dev.baton.gateway.bridge;

import static dev.baton.gateway.bridge.Conversations.asking;
import static dev.baton.gateway.bridge.Conversations.assistant;
import static dev.baton.gateway.bridge.Conversations.message;
import static dev.baton.gateway.bridge.Conversations.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.javadsl.Sink;
import akka.stream.testkit.javadsl.TestSink;
import dev.baton.gateway.bridge.provider.ModelOptions;
import dev.baton.gateway.bridge.provider.ProviderCall;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Usage;
import dev.baton.runner.model.GoingOn;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.FinishReason;
import dev.baton.runner.model.ModelEvent.Finished;
import dev.baton.runner.model.ModelRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SimulatedProviderTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private final SimulatedProvider provider = new SimulatedProvider("simulated");

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @Test
    void saysItsTextWordByWord() throws Exception {
        ModelRequest request = asking("default", "three words please words=3 rate=0");
        var events = run(request);
        assertThat(Conversations.textOf(events)).isEqualTo(SimulatedText.of(request.history()));
        assertThat(events).hasSize(5).startsWith(new ModelEvent.Used(new Usage(5, 0, 0, 0)));
        assertThat(Conversations.last(events)).isEqualTo(new Finished(FinishReason.STOP, new Usage(5, 3, 0, 0)));
    }

    @Test
    void goesOnExactlyFromEveryBeginning() throws Exception {
        var question = user("words=20 rate=0");
        String whole = SimulatedText.of(List.of(question));
        for (int length = 0; length <= whole.length(); length++) {
            String beginning = whole.substring(0, length);
            assertThat(beginning + Conversations.textOf(run(asking("default", question, assistant(beginning)))))
                    .isEqualTo(whole);
        }
    }

    @Test
    void goesOnExactlyFromWhatWasSaidBefore() throws Exception {
        ModelRequest request = asking("default", "words=20 rate=0");
        String whole = SimulatedText.of(request.history());
        var said = List.<Part>of(new Part.Text(whole.substring(0, 7)), new Part.Text(whole.substring(7, 30)));
        var events = run(request.goingOn(new GoingOn.FromPrefix(said)));
        assertThat(Conversations.textOf(events)).isEqualTo(whole.substring(30));
        int read = 2 + SimulatedText.wordsIn(whole.substring(0, 30));
        assertThat(Conversations.last(events))
                .isEqualTo(new Finished(
                        FinishReason.STOP, new Usage(read, SimulatedText.wordsIn(whole.substring(30)), 0, 0)));
    }

    @Test
    void saysItsWholeTextAfterABeginningThatIsNotItsOwn() throws Exception {
        var question = user("words=5 rate=0");
        assertThat(Conversations.textOf(run(asking("default", question, assistant("Something else")))))
                .isEqualTo(SimulatedText.of(List.of(question)));
    }

    @Test
    void givesNoMoreThanIsAskedFor() {
        var probe = provider.call(call(asking("default", "words=10 rate=0")))
                .runWith(TestSink.create(KIT.system()), KIT.system());
        probe.request(2);
        probe.expectNextN(2);
        probe.expectNoMessage(scala.concurrent.duration.Duration.apply(50, TimeUnit.MILLISECONDS));
        probe.cancel();
    }

    @Test
    void callsAToolThatIsOfferedUntilItHasTheResult() throws Exception {
        var question = user("tool=clock words=2 rate=0");
        var events = run(Conversations.offering(Conversations.CLOCK, asking("default", question)));
        var call = (Part.ToolCall) ((ModelEvent.Streamed) events.get(0)).part();
        assertThat(call.name()).isEqualTo("clock");
        assertThat(call.arguments()).isEqualTo("{}");
        assertThat(((Finished) Conversations.last(events)).reason()).isEqualTo(FinishReason.TOOL_CALLS);

        ModelRequest next = Conversations.offering(
                Conversations.CLOCK,
                asking(
                        "default",
                        question,
                        message(Role.ASSISTANT, call),
                        message(Role.TOOL, new Part.ToolResult(call.id(), "{}", false))));
        assertThat(Conversations.textOf(run(next))).isEqualTo(SimulatedText.of(next.history()));
    }

    @Test
    void callsNoToolThatIsNotOffered() throws Exception {
        assertThat(Conversations.textOf(run(asking("default", "tool=clock words=2 rate=0"))))
                .isNotEmpty();
    }

    @Test
    void failsAsWished() {
        var failure = Conversations.modelFailure(catchThrowable(() -> run(asking("default", "fail=429"))));
        assertThat(failure.failure().kind()).isEqualTo(FailureKind.RATE_LIMIT);
    }

    private List<ModelEvent> run(ModelRequest request) throws Exception {
        return provider.call(call(request))
                .runWith(Sink.seq(), KIT.system())
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    private static ProviderCall call(ModelRequest request) {
        return new ProviderCall("default", ModelOptions.NONE, Optional.empty(), request);
    }
}
