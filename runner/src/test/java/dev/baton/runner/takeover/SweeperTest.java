package dev.baton.runner.takeover;

import static dev.baton.runner.Samples.NODE;
import static dev.baton.runner.Samples.OTHER_NODE;
import static dev.baton.runner.Samples.OWNER;
import static dev.baton.runner.Samples.SETTINGS;
import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.Effect;
import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import dev.baton.persistence.chat.ChatCommand;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.ChatState;
import dev.baton.persistence.chat.Details;
import dev.baton.persistence.chat.Fence;
import dev.baton.persistence.chat.NewMessage;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.chat.Role;
import dev.baton.persistence.chat.Status;
import dev.baton.persistence.chat.Step;
import dev.baton.persistence.journal.Chat;
import dev.baton.persistence.journal.Chats;
import dev.baton.runner.CapturedLog;
import dev.baton.runner.FakeChats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SweeperTest {
    /** The first, and those that come soon. */
    private static final int MOST_TELLS = 101;

    private final Set<NodeId> live = new HashSet<>(List.of(NODE, OTHER_NODE));
    private final FakeChats chats = new FakeChats(OTHER_NODE);
    private final List<ChatId> known = new ArrayList<>();
    private final FakeStaleChats stale = new FakeStaleChats(chats, known);
    private final List<Told> told = new ArrayList<>();
    private final Map<Object, Effect.TimerScheduled<?>> timers = new HashMap<>();

    private final Heard heard = new Heard();

    /** What a sweeper says of itself. */
    private static final class Heard implements SweepListener {
        private final List<String> words = new ArrayList<>();

        @Override
        public void standsHere(boolean here) {
            words.add(here ? "came" : "went");
        }

        @Override
        public void swept(int orphans) {
            words.add("swept " + orphans);
        }

        @Override
        public void failed() {
            words.add("failed");
        }
    }

    private record Told(ChatId chat, Chat.Command command) {}

    @Test
    void takesOverWhatADeadNodeLeftWhenItStarts() {
        running(1);
        dies(OTHER_NODE);
        chats.moveTo(NODE);
        start();
        assertThat(told).containsExactly(new Told(chat(1), new Chat.TakeOver(1)));
        assertThat(chats.state(chat(1)).hold().node()).isEqualTo(NODE);
        assertThat(chats.state(chat(1)).hold().epoch()).isEqualTo(2);
    }

    @Test
    void saysOnceWhatItFindsAgainAndAgain() {
        try (var log = CapturedLog.of(Sweeper.class.getName())) {
            running(1);
            running(2);
            dies(OTHER_NODE);
            chats.losing(6);
            BehaviorTestKit<Sweeper.Command> sweeper = start();
            fire(sweeper, new Sweeper.LookAgain(), Duration.ofMillis(50));
            running(3);
            fire(sweeper, new Sweeper.LookAgain(), Duration.ofMillis(50));
            assertThat(log.aboveDebug())
                    .containsExactly(
                            "INFO 2 chats have work and no runner that lives; having them taken over",
                            "INFO 1 chats have work and no runner that lives; having them taken over");
        }
    }

    @Test
    void looksAgainSoonWhetherWhatItToldArrivedButNotForEver() {
        running(1);
        dies(OTHER_NODE);
        chats.losing(MOST_TELLS);
        BehaviorTestKit<Sweeper.Command> sweeper = start();
        for (int i = 1; i < MOST_TELLS; i++) {
            fire(sweeper, new Sweeper.LookAgain(), Duration.ofMillis(50));
        }
        assertThat(told).hasSize(MOST_TELLS);
        letIntervalPass(sweeper);
    }

    @Test
    void takesOverWhatWasReleasedAndNotFinished() {
        running(1);
        chats.execute(chat(1), new ChatCommand.ReleaseRunner(1));
        start();
        assertThat(told).containsExactly(new Told(chat(1), new Chat.TakeOver(1)));
        assertThat(chats.state(chat(1)).hold().node()).isEqualTo(OTHER_NODE);
    }

    @Test
    void findsAChatThatIsOrphanedAfterItStarted() {
        running(1);
        BehaviorTestKit<Sweeper.Command> sweeper = start();
        assertThat(told).isEmpty();

        dies(OTHER_NODE);
        letIntervalPass(sweeper);
        assertThat(told).containsExactly(new Told(chat(1), new Chat.TakeOver(1)));
    }

    @Test
    void sweepsAtOnceWhenItIsTold() {
        running(1);
        BehaviorTestKit<Sweeper.Command> sweeper = start();
        dies(OTHER_NODE);
        sweep(sweeper);
        assertThat(told).containsExactly(new Told(chat(1), new Chat.TakeOver(1)));
    }

    @Test
    void sweepsOnceMoreWhenItIsToldDuringASweep() {
        BehaviorTestKit<Sweeper.Command> sweeper = BehaviorTestKit.create(behavior());
        sweeper.getRef().tell(new Sweeper.SweepNow());
        sweeper.getRef().tell(new Sweeper.SweepNow());
        runAll(sweeper);
        assertThat(stale.asked()).containsExactly("withWork", "withWork");
    }

    @Test
    void waitsOnlyWhenASweepHasEnded() {
        BehaviorTestKit<Sweeper.Command> sweeper = BehaviorTestKit.create(behavior());
        assertThat(timersOf(sweeper)).doesNotContainKey(new Sweeper.SweepNow());
        runAll(sweeper);
        assertThat(timersOf(sweeper)).containsKey(new Sweeper.SweepNow());
    }

    @Test
    void neverTouchesChatsThatWait() {
        running(1);
        running(2);
        chats.execute(chat(2), new ChatCommand.Interrupt());
        finish(2);
        created(3);
        dies(OTHER_NODE);
        BehaviorTestKit<Sweeper.Command> sweeper = start();
        fire(sweeper, new Sweeper.LookAgain(), Duration.ofMillis(50));
        assertThat(told).extracting(Told::chat).containsOnly(chat(1));
        assertThat(chats.state(chat(2)).status()).isEqualTo(Status.WAITING);
        assertThat(chats.state(chat(3)).status()).isEqualTo(Status.WAITING);
    }

    @Test
    void leavesChatsOfLivingNodesAlone() {
        running(1);
        start();
        assertThat(told).isEmpty();
    }

    @Test
    void doesNoHarmWhenTwoSweepAtOnce() {
        running(1);
        dies(OTHER_NODE);
        chats.moveTo(NODE);
        BehaviorTestKit<Sweeper.Command> one = BehaviorTestKit.create(behavior());
        BehaviorTestKit<Sweeper.Command> other = BehaviorTestKit.create(behavior());
        runAll(one);
        runAll(other);
        assertThat(told).hasSize(2);
        assertThat(chats.state(chat(1)).hold().epoch()).isEqualTo(2);
    }

    @Test
    void readsPageAfterPage() {
        for (int i = 1; i <= 5; i++) {
            running(i);
        }
        dies(OTHER_NODE);
        chats.losing(5);
        start();
        assertThat(told).extracting(Told::chat).containsExactly(chat(1), chat(2), chat(3), chat(4), chat(5));
        assertThat(stale.asked()).containsExactly("withWork", "withWork", "withWork");
    }

    @Test
    void movesTheMarkToWhereTheJournalEndedOneRoundBefore() {
        stale.setEnd(10);
        BehaviorTestKit<Sweeper.Command> sweeper = start();
        assertThat(stale.asked()).containsExactly("withWork", "lagging 0 to 10");

        stale.setEnd(20);
        letIntervalPass(sweeper);
        assertThat(stale.asked()).containsExactly("withWork", "lagging 0 to 10", "advance to 10");

        letIntervalPass(sweeper);
        assertThat(stale.asked()).containsExactly("withWork", "lagging 10 to 20", "advance to 20");

        letIntervalPass(sweeper);
        assertThat(stale.asked()).containsExactly("withWork");
    }

    @Test
    void wakesLaggingChatsAndKeepsTheMarkUntilNoneLags() {
        running(1);
        stale.setEnd(10);
        BehaviorTestKit<Sweeper.Command> sweeper = start();
        stale.asked();
        stale.setLagging(List.of(chat(1)));
        letIntervalPass(sweeper);
        assertThat(told).containsExactly(new Told(chat(1), new Chat.Announce()));
        assertThat(stale.asked()).containsExactly("withWork", "lagging 0 to 10");

        stale.setLagging(List.of());
        fire(sweeper, new Sweeper.SweepNow(), Duration.ofMillis(250));
        assertThat(stale.asked()).containsExactly("withWork", "lagging 0 to 10", "advance to 10");
    }

    @Test
    void wakesWhatLagsWhenItStartsAndLooksAgainSoonButOnlyOnce() {
        running(1);
        stale.setEnd(10);
        stale.setLagging(List.of(chat(1)));
        BehaviorTestKit<Sweeper.Command> sweeper = start();
        assertThat(told).containsExactly(new Told(chat(1), new Chat.Announce()));

        fire(sweeper, new Sweeper.SweepNow(), Duration.ofMillis(250));
        letIntervalPass(sweeper);
        assertThat(stale.asked()).doesNotContain("advance to 10");
    }

    @Test
    void stopsWhenTheSingletonIsTo() {
        BehaviorTestKit<Sweeper.Command> sweeper = start();
        sweeper.run(new Sweeper.Stop());
        assertThat(sweeper.isAlive()).isFalse();
    }

    @Test
    void goesOnWhenTheDatabaseIsBackAndSaysOnceThatItWasAway() {
        try (var log = CapturedLog.of(Sweeper.class.getName())) {
            running(1);
            dies(OTHER_NODE);
            stale.setAway(true);
            BehaviorTestKit<Sweeper.Command> sweeper = start();
            letIntervalPass(sweeper);
            letIntervalPass(sweeper);
            stale.setAway(false);
            letIntervalPass(sweeper);
            assertThat(told).containsExactly(new Told(chat(1), new Chat.TakeOver(1)));
            assertThat(log.aboveDebug())
                    .filteredOn(line -> line.startsWith("WARN"))
                    .hasSize(1);
        }
    }

    @Test
    void givesUpASweepThatTakesTooLong() {
        running(1);
        dies(OTHER_NODE);
        stale.setSilent(true);
        BehaviorTestKit<Sweeper.Command> sweeper = start();
        stale.setSilent(false);
        fire(sweeper, "limit", SETTINGS.takeover().limit());
        letIntervalPass(sweeper);
        assertThat(told).containsExactly(new Told(chat(1), new Chat.TakeOver(1)));
    }

    @Test
    void saysWhatItDoesAndWhereItStands() {
        running(1);
        running(2);
        dies(OTHER_NODE);
        chats.moveTo(NODE);
        BehaviorTestKit<Sweeper.Command> sweeper = start();
        sweep(sweeper);
        stale.setSilent(true);
        sweep(sweeper);
        fire(sweeper, "limit", SETTINGS.takeover().limit());
        sweeper.signal(PostStop.instance());
        assertThat(heard.words).containsExactly("came", "swept 2", "swept 0", "failed", "went");
    }

    private Behavior<Sweeper.Command> behavior() {
        Chats telling = (chat, command) -> {
            chats.tell(chat, command);
            told.add(new Told(chat, command));
        };
        return Sweeper.sweeping(stale, () -> Set.copyOf(live), telling, SETTINGS, heard);
    }

    /** Starts a sweeper and lets its first sweep end. */
    private BehaviorTestKit<Sweeper.Command> start() {
        BehaviorTestKit<Sweeper.Command> sweeper = BehaviorTestKit.create(behavior());
        runAll(sweeper);
        return sweeper;
    }

    private void sweep(BehaviorTestKit<Sweeper.Command> sweeper) {
        sweeper.run(new Sweeper.SweepNow());
        runAll(sweeper);
    }

    private static void runAll(BehaviorTestKit<Sweeper.Command> sweeper) {
        while (sweeper.selfInbox().hasMessages()) {
            sweeper.runOne();
        }
    }

    private void letIntervalPass(BehaviorTestKit<Sweeper.Command> sweeper) {
        fire(sweeper, new Sweeper.SweepNow(), SETTINGS.takeover().sweepInterval());
    }

    private void fire(BehaviorTestKit<Sweeper.Command> sweeper, Object key, Duration after) {
        Effect.TimerScheduled<?> timer =
                Objects.requireNonNull(timersOf(sweeper).get(key));
        assertThat(timer.duration()).isEqualTo(after);
        timer.send().apply();
        runAll(sweeper);
    }

    private Map<Object, Effect.TimerScheduled<?>> timersOf(BehaviorTestKit<Sweeper.Command> sweeper) {
        for (Effect effect : sweeper.getAllEffects()) {
            if (effect instanceof Effect.TimerScheduled<?> timer) {
                timers.put(timer.key(), timer);
            }
        }
        return timers;
    }

    private void dies(NodeId node) {
        live.remove(node);
    }

    private void running(int number) {
        create(number, new NewMessage(List.of(new Part.Text("hi")), null, null));
    }

    private void created(int number) {
        create(number, null);
    }

    private void create(int number, @Nullable NewMessage first) {
        known.add(chat(number));
        chats.execute(
                chat(number),
                new ChatCommand.Create(
                        OWNER, new Details("", Map.of(), false), "fake/one", null, List.of(), null, first));
    }

    private void finish(int number) {
        ChatState state = chats.state(chat(number));
        var fence = new Fence(state.hold().epoch(), state.history().version());
        var nothing = new Step(Role.ASSISTANT, List.of(), null, 0);
        chats.execute(chat(number), new ChatCommand.FinishInterruption(fence, nothing));
    }
}
