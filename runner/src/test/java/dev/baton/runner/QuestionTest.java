package dev.baton.runner;

import static dev.baton.runner.Samples.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.Effect;
import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionTest {
    private final List<ActorRef<String>> asked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final List<Effect.TimerScheduled<?>> timers = new ArrayList<>();

    @Test
    void endsWithTheAnswer() {
        BehaviorTestKit<String> question = BehaviorTestKit.create(untilSettled());
        question.run("yes");
        assertThat(asked).hasSize(1);
        assertThat(told).containsExactly("yes");
        assertThat(question.isAlive()).isFalse();
    }

    @Test
    void asksAgainLessAndLessOftenWhenNoAnswerComes() {
        BehaviorTestKit<String> question = BehaviorTestKit.create(untilSettled());
        for (int nth = 1; nth <= 6; nth++) {
            assertThat(asked).hasSize(nth);
            assertThat(letPass(question))
                    .isEqualTo(new RunnerSettings.Backoff(Duration.ofMillis(250), SETTINGS.askTimeout()).before(nth));
        }
        assertThat(letPass(question)).isEqualTo(SETTINGS.askTimeout());
    }

    @Test
    void saysOnceThatNoAnswerComes() {
        try (var log = CapturedLog.of(Question.class.getName())) {
            BehaviorTestKit<String> question = BehaviorTestKit.create(untilSettled());
            for (int nth = 1; nth <= 10; nth++) {
                letPass(question);
            }
            assertThat(log.aboveDebug())
                    .containsExactly("WARN test: no answer within PT5S; trying again until it is done");
        }
    }

    @Test
    void asksAgainWhenTheAnswerSettlesNothing() {
        BehaviorTestKit<String> question = BehaviorTestKit.create(untilSettled());
        question.run("not now");
        letPass(question);
        assertThat(asked).hasSize(2);

        question.run("yes");
        assertThat(told).containsExactly("yes");
    }

    @Test
    void takesAnAnswerThatComesLate() {
        BehaviorTestKit<String> question = BehaviorTestKit.create(untilSettled());
        letPass(question);
        question.run("yes");
        assertThat(told).containsExactly("yes");
        assertThat(question.isAlive()).isFalse();
    }

    @Test
    void saysOnceThatItHasToAskAgain() {
        try (var log = CapturedLog.of(Question.class.getName())) {
            BehaviorTestKit<String> question = BehaviorTestKit.create(untilSettled());
            for (int i = 0; i < 3; i++) {
                question.run("not now");
                letPass(question);
            }
            assertThat(log.aboveDebug()).containsExactly("WARN test: not now; trying again until it is done");
        }
    }

    @Test
    void tellsOfSilenceWhenItAsksOnlyOnce() {
        BehaviorTestKit<String> question = BehaviorTestKit.create(
                Question.once(String.class, asked::add, told::add, () -> told.add("silence"), SETTINGS.askTimeout()));
        assertThat(letPass(question)).isEqualTo(SETTINGS.askTimeout());
        assertThat(told).containsExactly("silence");
        assertThat(question.isAlive()).isFalse();
    }

    private Behavior<String> untilSettled() {
        return Question.untilSettled("test", String.class, asked::add, "yes"::equals, told::add, SETTINGS);
    }

    /** Lets the newest timer fire. */
    private Duration letPass(BehaviorTestKit<String> question) {
        for (Effect effect : question.getAllEffects()) {
            if (effect instanceof Effect.TimerScheduled<?> timer) {
                timers.add(timer);
            }
        }
        Effect.TimerScheduled<?> newest = timers.get(timers.size() - 1);
        newest.send().apply();
        question.runOne();
        return newest.duration();
    }
}
