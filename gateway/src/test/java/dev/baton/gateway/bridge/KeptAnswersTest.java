package dev.baton.gateway.bridge;

import static dev.baton.gateway.bridge.Conversations.asking;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.stream.testkit.TestSubscriber;
import akka.stream.testkit.javadsl.TestSink;
import dev.baton.gateway.bridge.fake.FakeCallLog.Call;
import dev.baton.gateway.bridge.fake.FakeCallLog.End;
import dev.baton.gateway.bridge.fake.FakeProvider;
import dev.baton.gateway.bridge.fake.FakeText;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.model.GoingOn;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.Finished;
import dev.baton.runner.model.TakeoverMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that the provider keeps: a node that takes over asks for the rest. Two bridges stand for two nodes. */
class KeptAnswersTest {
    private static final ActorTestKit KIT = ActorTestKit.create();
    private static final Duration LIMIT = Duration.ofSeconds(15);

    private final FakeProvider fake = FakeProvider.start();
    private final Bridge one = bridge();
    private final Bridge other = bridge();

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @AfterEach
    void close() throws Exception {
        one.close(LIMIT).toCompletableFuture().get(20, TimeUnit.SECONDS);
        other.close(LIMIT).toCompletableFuture().get(20, TimeUnit.SECONDS);
        fake.close();
    }

    @Test
    void saysTheRestToANodeThatTakesOver() throws Exception {
        String prompt = "tokens=40 rate=200";
        var request = asking("kept/m", prompt);
        TestSubscriber.Probe<ModelEvent> probe = one.call(request).runWith(TestSink.create(KIT.system()), KIT.system());
        var said = new ArrayList<ModelEvent>();
        probe.request(8);
        for (int i = 0; i < 8; i++) {
            said.add(probe.expectNext());
        }
        probe.cancel();
        assertThat(said.get(0)).isInstanceOf(ModelEvent.Kept.class);

        var last = (ModelEvent.Streamed) Conversations.last(said);
        var goingOn = new GoingOn.FromPosition(String.valueOf(last.position()), parts(said));
        List<ModelEvent> rest = Fakes.run(KIT.system(), other, request.goingOn(goingOn));
        assertThat(Conversations.textOf(said) + Conversations.textOf(rest)).isEqualTo(FakeText.of(prompt, 40));
        assertThat(((Finished) Conversations.last(rest)).usage().outputTokens()).isEqualTo(40);
        assertThat(fake.log().awaitAllEnded(LIMIT)).extracting(Call::end).containsOnly(End.WHOLE);
        assertThat(fake.log().count()).isEqualTo(2);
    }

    @Test
    void saysAllToANodeThatTakesOverBeforeTheFirstWord() throws Exception {
        var request = asking("kept/m", "tokens=5 rate=50");
        TestSubscriber.Probe<ModelEvent> probe = one.call(request).runWith(TestSink.create(KIT.system()), KIT.system());
        var kept = (ModelEvent.Kept) probe.requestNext();
        probe.cancel();
        var rest =
                Fakes.run(KIT.system(), other, request.goingOn(new GoingOn.FromPosition(kept.position(), List.of())));
        assertThat(Conversations.textOf(rest)).isEqualTo(FakeText.of("tokens=5 rate=50", 5));
    }

    @Test
    void saysThatTheProviderHasForgotten() throws Exception {
        for (String position :
                List.of("kept/m none resp_77:3", "nobody/x none resp_1:3", "nonsense", "kept/m none ../x:1")) {
            var events = Fakes.run(
                    KIT.system(), other, asking("kept/m", "hi").goingOn(new GoingOn.FromPosition(position, List.of())));
            assertThat(events).as(position).containsExactly(new ModelEvent.Forgotten());
        }
    }

    @Test
    void makesTheProviderStopWhenNobodyWantsTheAnswer() throws Exception {
        TestSubscriber.Probe<ModelEvent> probe = one.call(asking("kept/m", "tokens=100000 rate=20"))
                .runWith(TestSink.create(KIT.system()), KIT.system());
        var kept = (ModelEvent.Kept) probe.requestNext();
        probe.cancel();
        assertThat(fake.log().calls()).extracting(Call::end).containsExactly(End.OPEN);
        other.abandon("kept/m", kept.position());
        assertThat(fake.log().awaitAllEnded(LIMIT)).extracting(Call::end).containsExactly(End.CANCELLED);
    }

    @Test
    void canBeReattachedToByItsSettings() {
        assertThat(one.takeover("kept/m")).containsExactlyInAnyOrder(TakeoverMode.REATTACH, TakeoverMode.RESTART);
    }

    private static List<Part> parts(List<ModelEvent> events) {
        return events.stream()
                .filter(ModelEvent.Streamed.class::isInstance)
                .map(event -> ((ModelEvent.Streamed) event).part())
                .toList();
    }

    private Bridge bridge() {
        return Fakes.bridge(
                KIT.system(),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                "providers.kept { type = openai-responses, base-url = \"%s\", api-keys = [\"k1\"], models { m { takeover = reattach } } }"
                        .formatted(fake.baseUrl()));
    }
}
