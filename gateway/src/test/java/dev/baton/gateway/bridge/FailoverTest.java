package dev.baton.gateway.bridge;

import static dev.baton.gateway.bridge.Conversations.asking;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import dev.baton.gateway.bridge.fake.FakeCallLog.Call;
import dev.baton.gateway.bridge.fake.FakeProvider;
import dev.baton.gateway.bridge.fake.FakeText;
import dev.baton.gateway.bridge.health.BreakerState;
import dev.baton.persistence.chat.FailureKind;
import dev.baton.runner.model.ModelEvent;
import dev.baton.runner.model.ModelEvent.Finished;
import dev.baton.runner.model.TakeoverMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which target and which key answers when others fail, over real sockets. */
class FailoverTest {
    private static final ActorTestKit KIT = ActorTestKit.create();

    private final SetClock clock = new SetClock();
    private final FakeProvider first = FakeProvider.start();
    private final FakeProvider second = FakeProvider.start();
    private final Bridge bridge = Fakes.bridge(KIT.system(), clock, """
            silence-timeout = 10 minutes
            breaker { failures = 2, open-for = 30s }
            keys { refused-for = 1h, pause = 5s, longest-pause = 60s }
            models {
              smart { targets = ["a/fake-20-0", "b/fake-20-0"] }
              steady { targets = ["a/fake-20-0", "b/fake-20-0", "b/goes-on"] }
              far { targets = ["nowhere/m", "b/fake-20-0"] }
            }
            providers {
              a { type = openai, base-url = "%1$s", api-keys = ["alpha", "beta"], models { fake-20-0 {}, single {} } }
              b { type = openai, base-url = "%2$s", models { fake-20-0 {}, goes-on { takeover = continue } } }
              one { type = openai, base-url = "%1$s", api-keys = ["alpha"], models { m {} } }
              nowhere { type = openai, base-url = "http://127.0.0.1:1", models { m {} } }
              off { type = openai, base-url = "%1$s", enabled = false, models { m {} } }
            }
            """.formatted(first.baseUrl(), second.baseUrl()));

    @AfterAll
    static void stop() {
        KIT.shutdownTestKit();
    }

    @AfterEach
    void leavesNothingOpen() throws Exception {
        bridge.close(Duration.ofSeconds(15)).toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(bridge.openCalls()).isZero();
        first.close();
        second.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=500x1",
                "status=503x1",
                "status=529x1",
                "cut=0x1",
                "cut=200x1",
                "error=0x1 code=server_error"
            })
    void goesToTheNextTargetBeforeTheFirstWord(String prompt) throws Exception {
        // the second provider counts its own calls of the conversation, so it would fail the first one, too
        var events = Fakes.run(KIT.system(), bridge, asking("smart", "status-of=alpha:500 status-of=beta:500"));
        assertThat(Conversations.textOf(events)).isEqualTo(FakeText.of("status-of=alpha:500 status-of=beta:500", 20));
        assertThat(first.log().count()).isEqualTo(1);
        assertThat(second.log().count()).isEqualTo(1);
        var failing = Fakes.fail(KIT.system(), bridge, asking("smart", prompt));
        assertThat(failing.exception().failure().retryable()).isTrue();
        assertThat(first.log().count()).isEqualTo(2);
        assertThat(second.log().count()).isEqualTo(2);
    }

    @Test
    void goesToTheNextTargetWhenNobodyIsThere() throws Exception {
        var events = Fakes.run(KIT.system(), bridge, asking("far", "hi"));
        assertThat(Conversations.textOf(events)).isEqualTo(FakeText.of("hi", 20));
    }

    @Test
    void staysWhereAnotherTargetWouldBeToldTheSame() throws Exception {
        var failing = Fakes.fail(KIT.system(), bridge, asking("smart", "status=400 code=context_length_exceeded"));
        assertThat(failing.exception().failure().kind()).isEqualTo(FailureKind.CONFIG);
        assertThat(second.log().count()).isZero();
    }

    @Test
    void goesOnFromWhatWasSaidAtATargetThatCan() throws Exception {
        String prompt = "rate=400 tokens=20 status-of=gamma:1";
        var cut = "cut=2500x1 " + prompt;
        var events = Fakes.run(KIT.system(), bridge, asking("steady", cut));
        assertThat(Conversations.textOf(events)).isEqualTo(FakeText.of(cut, 20));
        List<Call> calls = second.log().calls();
        assertThat(calls).extracting(Call::model).containsExactly("goes-on");
        assertThat(calls.get(0).prefix()).isPositive();
        assertThat(events.stream().filter(Finished.class::isInstance)).hasSize(1);
    }

    @Test
    void failsAfterTheFirstWordWhereNobodyCanGoOn() throws Exception {
        var failing = Fakes.fail(KIT.system(), bridge, asking("smart", "cut=2500 rate=400"));
        assertThat(failing.exception().failure().kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(Conversations.textOf(failing.events())).isNotEmpty();
        assertThat(second.log().count()).isZero();
    }

    @Test
    void usesItsKeysInTurnAndPutsAsideThoseThatAreRefused() throws Exception {
        String prompt = "status-of=alpha:401";
        for (int i = 0; i < 4; i++) {
            Fakes.run(KIT.system(), bridge, asking("a/fake-20-0", prompt));
        }
        assertThat(first.log().count()).as("alpha is asked once").isEqualTo(5);
        assertThat(status("a").models().get(0).keysAside()).isEqualTo(1);

        clock.pass(Duration.ofMinutes(61));
        assertThat(status("a").models().get(0).keysAside()).isZero();
    }

    @Test
    void leavesAKeyAloneForAsLongAsTheProviderSays() throws Exception {
        String prompt = "status=429 retry-after=20";
        var failing = Fakes.fail(KIT.system(), bridge, asking("one/m", prompt));
        assertThat(failing.exception().retryAfter()).contains(Duration.ofSeconds(20));
        clock.pass(Duration.ofSeconds(5));
        var refused = Fakes.fail(KIT.system(), bridge, asking("one/m", "hi")).exception();
        assertThat(refused.failure().kind()).isEqualTo(FailureKind.RATE_LIMIT);
        assertThat(refused.failure().retryable()).isTrue();
        assertThat(refused.retryAfter()).contains(Duration.ofSeconds(15));
        assertThat(first.log().count()).isEqualTo(1);

        clock.pass(Duration.ofSeconds(15));
        Fakes.run(KIT.system(), bridge, asking("one/m", "hi"));
    }

    @Test
    void triesTheOnlyKeyAgainWhenItWasRefused() throws Exception {
        Fakes.fail(KIT.system(), bridge, asking("one/m", "status=401"));
        Fakes.run(KIT.system(), bridge, asking("one/m", "hi"));
        assertThat(status("one").models().get(0).keysAside()).isZero();
    }

    @Test
    void goesToTheNextTargetWhenAllKeysAreUsedUp() throws Exception {
        String prompt = "status-of=alpha:429 status-of=beta:429";
        var events = Fakes.run(KIT.system(), bridge, asking("smart", prompt));
        assertThat(Conversations.textOf(events)).isEqualTo(FakeText.of(prompt, 20));
        assertThat(first.log().count()).isEqualTo(2);
        Fakes.run(KIT.system(), bridge, asking("smart", prompt));
        assertThat(first.log().count()).as("the keys are left alone").isEqualTo(2);
        assertThat(second.log().count()).isEqualTo(2);
    }

    @Test
    void leavesATargetAloneThatFailsInARowAndTriesItOnceLater() throws Exception {
        for (int i = 0; i < 2; i++) {
            Fakes.fail(KIT.system(), bridge, asking("one/m", "status=503"));
        }
        assertThat(status("one").models().get(0).breaker()).isEqualTo(BreakerState.OPEN);
        var refused = Fakes.fail(KIT.system(), bridge, asking("one/m", "hi")).exception();
        assertThat(refused.failure().kind()).isEqualTo(FailureKind.OVERLOADED);
        assertThat(refused.retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(first.log().count()).isEqualTo(2);

        clock.pass(Duration.ofSeconds(30));
        assertThat(status("one").models().get(0).breaker()).isEqualTo(BreakerState.HALF_OPEN);
        Fakes.fail(KIT.system(), bridge, asking("one/m", "status=503"));
        assertThat(status("one").models().get(0).breaker()).isEqualTo(BreakerState.OPEN);

        clock.pass(Duration.ofSeconds(30));
        Fakes.run(KIT.system(), bridge, asking("one/m", "hi"));
        assertThat(status("one").models().get(0).breaker()).isEqualTo(BreakerState.CLOSED);
        assertThat(status("one").models().get(0).lastFailure().orElseThrow().kind())
                .isEqualTo(FailureKind.TIMEOUT);
    }

    @Test
    void saysThatAllProvidersOfAModelAreDisabled() throws Exception {
        assertThat(Fakes.fail(KIT.system(), bridge, asking("off/m", "hi"))
                        .exception()
                        .failure()
                        .kind())
                .isEqualTo(FailureKind.PROVIDER_DISABLED);
    }

    @Test
    void canDoAfterATakeoverWhatOneOfItsTargetsCan() {
        assertThat(bridge.takeover("smart")).containsExactly(TakeoverMode.RESTART);
        assertThat(bridge.takeover("steady")).containsExactlyInAnyOrder(TakeoverMode.CONTINUE, TakeoverMode.RESTART);
    }

    @Test
    void endsCallsUnderWayOnTheSettingsThatTheyBeganWith() throws Exception {
        var slow = bridge.call(asking("one/m", "tokens=30 rate=100"))
                .runWith(akka.stream.javadsl.Sink.seq(), KIT.system())
                .toCompletableFuture();
        first.log().await(Duration.ofSeconds(15), calls -> !calls.isEmpty());
        bridge.reload(Fakes.settings("""
                providers.one { type = openai, base-url = "%s", models { other {} } }
                """.formatted(second.baseUrl())));
        assertThat(bridge.catalog().resolve("one/m")).isInstanceOf(ModelCatalog.Unresolved.class);
        Fakes.run(KIT.system(), bridge, asking("one/other", "hi"));
        assertThat(second.log().count()).isEqualTo(1);
        List<ModelEvent> events = slow.get(15, TimeUnit.SECONDS);
        assertThat(Conversations.textOf(events)).isEqualTo(FakeText.of("tokens=30 rate=100", 30));
    }

    private ProviderStatus status(String provider) {
        return bridge.providers().stream()
                .filter(each -> each.name().equals(provider))
                .findFirst()
                .orElseThrow();
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        synchronized void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
