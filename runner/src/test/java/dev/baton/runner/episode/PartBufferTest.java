package dev.baton.runner.episode;

import static dev.baton.runner.Samples.SETTINGS;
import static dev.baton.runner.Samples.chat;
import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.Effect;
import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import akka.actor.typed.PostStop;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.parts.PartSettings.Publish;
import dev.baton.persistence.parts.Told;
import dev.baton.runner.RunnerSettings;
import dev.baton.runner.episode.PartBuffer.Ack;
import dev.baton.runner.episode.PartBuffer.Opening;
import dev.baton.runner.episode.PartBuffer.Opening.Opened;
import dev.baton.runner.episode.PartBuffer.Opening.Taken;
import dev.baton.runner.episode.PartBuffer.Pulled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartBufferTest {
    private static final EpisodeKey KEY = new EpisodeKey(chat(1), 5, 1);
    private static final EpisodeKey OTHER = new EpisodeKey(chat(1), 5, 2);
    /** Room for three parts of one character. */
    private static final RunnerSettings.Episode SMALL =
            new RunnerSettings.Episode(200, SETTINGS.episode().grace());

    private final MemoryPartLog log = new MemoryPartLog();
    private final BehaviorTestKit<PartBuffer.Command> buffer = buffer(Publish.DURABLE);
    private final TestInbox<Pulled> puller = TestInbox.create("puller");
    private final TestInbox<Opening> opener = TestInbox.create("opener");
    private final TestInbox<Pulled> otherPuller = TestInbox.create("other-puller");

    @Test
    void goesOnWithWhatIsInTheLog() {
        log.saidBefore(KEY, Told.NOTHING, texts("a", "b").toArray(new Part[0]));
        Opened opened = (Opened) open(KEY);
        assertThat(opened.logged().parts()).isEqualTo(texts("a", "b"));
        assertThat(append(KEY, "c")).isEqualTo(new Ack.Appended(KEY, 3));
        assertThat(pullNow(KEY, 0)).isEqualTo(parts(KEY, 1, "a", "b", "c"));
    }

    @Test
    void addsForWhoeverOpenedLastOnly() {
        BehaviorTestKit<PartBuffer.Command> other = buffer(Publish.DURABLE);
        open(KEY);
        append(KEY, "a");
        tell(other, new PartBuffer.Open(KEY, 2, ignore()));
        assertThat(append(KEY, "lost")).isEqualTo(new Ack.NotOpen(KEY));
        assertThat(pullNow(KEY, 0)).isEqualTo(parts(KEY, 1, "a"));
        assertThat(open(KEY)).as("with an older epoch").isEqualTo(new Taken(KEY));
    }

    @Test
    void showsWhatIsLoggedAndNothingElse() {
        open(KEY);
        log.leave();
        TestInbox<Ack> ack = TestInbox.create();
        tell(buffer, new PartBuffer.Append(KEY, texts("a"), null, ack.getRef()));
        assertThat(peek(KEY, 0)).isEqualTo(parts(KEY, 1));
        assertThat(ack.hasMessages()).isFalse();
        log.comeBack();
        runAll(buffer);
        assertThat(ack.receiveMessage()).isEqualTo(new Ack.Appended(KEY, 1));
        assertThat(pullNow(KEY, 0)).isEqualTo(parts(KEY, 1, "a"));
    }

    @Test
    void showsAtOnceWhatIsNotLoggedYetWhenPeopleWantItSo() {
        BehaviorTestKit<PartBuffer.Command> quick = buffer(Publish.IMMEDIATE);
        tell(quick, new PartBuffer.Open(KEY, 1, ignore()));
        log.leave();
        TestInbox<Ack> ack = TestInbox.create();
        tell(quick, new PartBuffer.Append(KEY, texts("a"), null, ack.getRef()));
        tell(quick, new PartBuffer.Pull(KEY, 0, puller.getRef()));
        assertThat(puller.receiveMessage()).isEqualTo(parts(KEY, 1, "a"));
        assertThat(ack.hasMessages()).isFalse();
        log.comeBack();
        runAll(quick);
        assertThat(ack.receiveMessage()).isEqualTo(new Ack.Appended(KEY, 1));
        assertThat(log.logged(KEY).exact()).isFalse();
        TestInbox<Done> flushed = TestInbox.create();
        tell(quick, new PartBuffer.Flush(KEY, flushed.getRef()));
        assertThat(flushed.hasMessages()).isTrue();
        assertThat(log.logged(KEY).exact()).as("after a flush").isTrue();
    }

    @Test
    void aFlushWaitsForWhatIsOnItsWayToTheLog() {
        open(KEY);
        log.leave();
        tell(buffer, new PartBuffer.Append(KEY, texts("a"), null, ignore()));
        TestInbox<Done> flushed = TestInbox.create();
        tell(buffer, new PartBuffer.Flush(KEY, flushed.getRef()));
        sweep();
        sweep();
        sweep();
        assertThat(flushed.hasMessages()).isFalse();
        log.comeBack();
        runAll(buffer);
        assertThat(flushed.hasMessages()).isTrue();
        assertThat(log.logged(KEY).parts()).isEqualTo(texts("a"));
        assertThat(append(KEY, "b")).isEqualTo(new Ack.NotOpen(KEY));
    }

    @Test
    void aFlushOfWhatIsNotHereIsDone() {
        TestInbox<Done> flushed = TestInbox.create();
        tell(buffer, new PartBuffer.Flush(KEY, flushed.getRef()));
        assertThat(flushed.hasMessages()).isTrue();
    }

    @Test
    void waitsForTheLogForAsLongAsItTakesToOpen() {
        log.leave();
        TestInbox<Opening> opening = TestInbox.create();
        tell(buffer, new PartBuffer.Open(KEY, 1, opening.getRef()));
        sweep();
        sweep();
        sweep();
        log.comeBack();
        runAll(buffer);
        assertThat(opening.receiveMessage()).isInstanceOf(Opened.class);
        assertThat(append(KEY, "a")).isEqualTo(new Ack.Appended(KEY, 1));
    }

    @Test
    void readersWaitWhileTheEpisodeRests() {
        open(KEY);
        append(KEY, "a");
        buffer.run(new PartBuffer.Rest(KEY, opener.getRef()));
        assertThat(append(KEY, "b")).isEqualTo(new Ack.NotOpen(KEY));
        assertThat(pullNow(KEY, 0)).isEqualTo(parts(KEY, 1, "a"));
        pull(KEY, 1, puller);
        assertThat(puller.hasMessages()).isFalse();
        open(KEY);
        append(KEY, "b");
        assertThat(puller.receiveMessage()).isEqualTo(parts(KEY, 2, "b"));
    }

    @Test
    void staysOpenForTheNewOpenerWhenTheOldOneRests() {
        open(KEY);
        TestInbox<Opening> next = TestInbox.create();
        tell(buffer, new PartBuffer.Open(KEY, 1, next.getRef()));
        tell(buffer, new PartBuffer.Rest(KEY, opener.getRef()));
        assertThat(append(KEY, "a")).isEqualTo(new Ack.Appended(KEY, 1));
    }

    @Test
    void doesNotOpenForSomebodyWhoHasGoneMeanwhile() {
        log.leave();
        tell(buffer, new PartBuffer.Open(KEY, 1, opener.getRef()));
        tell(buffer, new PartBuffer.Rest(KEY, opener.getRef()));
        log.comeBack();
        runAll(buffer);
        assertThat(opener.receiveMessage()).isEqualTo(new Taken(KEY));
        assertThat(append(KEY, "a")).isEqualTo(new Ack.NotOpen(KEY));
    }

    @Test
    void deletesTheLogOfAnEpisodeThatIsOver() {
        open(KEY);
        append(KEY, "a");
        close(KEY);
        assertThat(log.logged(KEY).parts()).isEmpty();
        assertThat(pullNow(KEY, 0)).isEqualTo(parts(KEY, 1, "a"));
    }

    @Test
    void numbersPartsWithoutAGap() {
        open(KEY);
        assertThat(append(KEY, "a", "b")).isEqualTo(new Ack.Appended(KEY, 2));
        assertThat(append(KEY, "c")).isEqualTo(new Ack.Appended(KEY, 3));
        assertThat(pullNow(KEY, 0)).isEqualTo(parts(KEY, 1, "a", "b", "c"));
        assertThat(pullNow(KEY, 2)).isEqualTo(parts(KEY, 3, "c"));
    }

    @Test
    void refusesPartsOfAnEpisodeThatNeverBegan() {
        assertThat(append(KEY, "a")).isEqualTo(new Ack.NotOpen(KEY));
        pull(KEY, 0, puller);
        assertThat(append(KEY, "a")).isEqualTo(new Ack.NotOpen(KEY));
    }

    @Test
    void refusesPartsThatOutgrowTheEpisode() {
        open(KEY);
        append(KEY, "a", "b");
        assertThat(append(KEY, "c", "d")).isEqualTo(new Ack.Full(KEY));
        assertThat(append(KEY, "c")).isEqualTo(new Ack.Appended(KEY, 3));
        assertThat(pullNow(KEY, 0)).isEqualTo(parts(KEY, 1, "a", "b", "c"));
    }

    @Test
    void countsWhatAPartNeedsInMemory() {
        open(KEY);
        assertThat(append(KEY, "x".repeat(68))).isEqualTo(new Ack.Appended(KEY, 1));
        assertThat(append(KEY, "")).isEqualTo(new Ack.Full(KEY));
    }

    @Test
    void refusesPartsOnceClosed() {
        open(KEY);
        close(KEY);
        assertThat(append(KEY, "a")).isEqualTo(new Ack.NotOpen(KEY));
        assertThat(open(KEY)).isEqualTo(new Taken(KEY));
    }

    @Test
    void keepsAnEpisodeFromBeginningThatWasClosedBefore() {
        close(KEY);
        assertThat(open(KEY)).isEqualTo(new Taken(KEY));
        assertThat(append(KEY, "a")).isEqualTo(new Ack.NotOpen(KEY));
        assertThat(pullNow(KEY, 0)).isEqualTo(new Pulled.Ended(KEY, 0));
    }

    @Test
    void closesTwiceWithoutHarm() {
        open(KEY);
        append(KEY, "a");
        close(KEY);
        close(KEY);
        assertThat(pullNow(KEY, 1)).isEqualTo(new Pulled.Ended(KEY, 1));
    }

    @Test
    void replaysWhatIsThereThenWaitsForMore() {
        open(KEY);
        append(KEY, "a");
        assertThat(pullNow(KEY, 0)).isEqualTo(parts(KEY, 1, "a"));
        pull(KEY, 1, puller);
        assertThat(puller.hasMessages()).isFalse();
        append(KEY, "b", "c");
        assertThat(puller.receiveMessage()).isEqualTo(parts(KEY, 2, "b", "c"));
    }

    @Test
    void replaysAClosedEpisodeThenTellsItsEnd() {
        open(KEY);
        append(KEY, "a", "b");
        close(KEY);
        assertThat(pullNow(KEY, 0)).isEqualTo(parts(KEY, 1, "a", "b"));
        assertThat(pullNow(KEY, 2)).isEqualTo(new Pulled.Ended(KEY, 2));
    }

    @Test
    void tellsTheEndToWhoeverWaits() {
        open(KEY);
        pull(KEY, 0, puller);
        close(KEY);
        assertThat(puller.receiveMessage()).isEqualTo(new Pulled.Ended(KEY, 0));
    }

    @Test
    void letsReadersWaitForAnEpisodeThatHasNotBegun() {
        pull(KEY, 0, puller);
        assertThat(puller.hasMessages()).isFalse();
        assertThat(open(KEY)).isInstanceOf(Opened.class);
        append(KEY, "a");
        assertThat(puller.receiveMessage()).isEqualTo(parts(KEY, 1, "a"));
    }

    @Test
    void givesAtMost256PartsAtOnce() {
        BehaviorTestKit<PartBuffer.Command> large =
                BehaviorTestKit.create(PartBuffer.create(log, Publish.DURABLE, SETTINGS.episode(), count -> {}));
        var all = new ArrayList<Part>();
        for (int i = 0; i < 300; i++) {
            all.add(new Part.Text("" + i));
        }
        tell(large, new PartBuffer.Open(KEY, 1, ignore()));
        tell(large, new PartBuffer.Append(KEY, all, null, ignore()));
        large.run(new PartBuffer.Pull(KEY, 0, puller.getRef()));
        large.run(new PartBuffer.Pull(KEY, 256, otherPuller.getRef()));
        assertThat(puller.receiveMessage()).isEqualTo(new Pulled.Parts(KEY, 1, all.subList(0, 256)));
        assertThat(otherPuller.receiveMessage()).isEqualTo(new Pulled.Parts(KEY, 257, all.subList(256, 300)));
    }

    @Test
    void servesReadersIndependently() {
        open(KEY);
        append(KEY, "a");
        pull(KEY, 1, puller);
        pull(KEY, 0, otherPuller);
        assertThat(otherPuller.receiveMessage()).isEqualTo(parts(KEY, 1, "a"));
        append(KEY, "b");
        assertThat(puller.receiveMessage()).isEqualTo(parts(KEY, 2, "b"));
        assertThat(otherPuller.hasMessages()).isFalse();
    }

    @Test
    void letsANewPullTakeThePlaceOfTheOld() {
        open(KEY);
        open(OTHER);
        pull(KEY, 0, puller);
        pull(OTHER, 0, puller);
        append(KEY, "a");
        assertThat(puller.hasMessages()).isFalse();
        append(OTHER, "b");
        assertThat(puller.receiveMessage()).isEqualTo(parts(OTHER, 1, "b"));
    }

    @Test
    void saysThatPartsAreLostOnlyWhenItsRunnerHasFewer() {
        pull(KEY, 3, puller);
        assertThat(puller.hasMessages()).isFalse();
        open(KEY);
        append(KEY, "a");
        assertThat(puller.receiveMessage()).isEqualTo(new Pulled.Lost(KEY, 0));
        assertThat(pullNow(KEY, 3)).isEqualTo(new Pulled.Lost(KEY, 1));
        close(KEY);
        assertThat(pullNow(KEY, 3)).isEqualTo(new Pulled.Ended(KEY, 1));
    }

    @Test
    void givesWhatIsThereToWhoeverDoesNotWait() {
        assertThat(peek(KEY, 0)).isEqualTo(new Pulled.Ended(KEY, 0));
        open(KEY);
        assertThat(peek(KEY, 0)).isEqualTo(parts(KEY, 1));
        append(KEY, "a", "b");
        assertThat(peek(KEY, 1)).isEqualTo(parts(KEY, 2, "b"));
        assertThat(peek(KEY, 2)).isEqualTo(parts(KEY, 3));
        close(KEY);
        assertThat(peek(KEY, 1)).isEqualTo(parts(KEY, 2, "b"));
        assertThat(peek(KEY, 2)).isEqualTo(new Pulled.Ended(KEY, 2));
    }

    @Test
    void answersNothingToAPullThatWasCancelled() {
        pull(KEY, 0, puller);
        buffer.run(new PartBuffer.CancelPull(puller.getRef()));
        assertThat(open(KEY)).isInstanceOf(Opened.class);
        append(KEY, "a");
        assertThat(puller.hasMessages()).isFalse();
    }

    @Test
    void sendsAReaderAwayAfterAWhileSoThatNothingHangsForEver() {
        pull(KEY, 0, puller);
        sweep();
        assertThat(puller.hasMessages()).isFalse();
        sweep();
        assertThat(puller.receiveMessage()).isEqualTo(parts(KEY, 1));
        open(KEY);
        append(KEY, "a");
        assertThat(puller.hasMessages()).isFalse();
    }

    @Test
    void forgetsAClosedEpisodeAfterItsGrace() {
        open(KEY);
        append(KEY, "a");
        close(KEY);
        sweep();
        assertThat(collect(KEY)).hasSize(1);
        sweep();
        assertThat(collect(KEY)).hasSize(1);
        sweep();
        sweep();
        assertThat(collect(KEY)).isEmpty();
    }

    @Test
    void keepsAnOpenEpisodeForAsLongAsItIsOpen() {
        open(KEY);
        append(KEY, "a");
        sweep();
        sweep();
        sweep();
        assertThat(collect(KEY)).hasSize(1);
    }

    @Test
    void keepsAClosedEpisodeWhileItIsReadAndForgetsOthersMeanwhile() {
        for (EpisodeKey key : List.of(KEY, OTHER)) {
            open(key);
            append(key, "a");
            close(key);
        }
        for (int i = 0; i < 3; i++) {
            pullNow(KEY, 0);
            sweep();
        }
        assertThat(collect(KEY)).hasSize(1);
        assertThat(collect(OTHER)).isEmpty();
    }

    @Test
    void canBeginAnEpisodeThatWasOnlyWaitedFor() {
        pull(KEY, 0, puller);
        sweep();
        sweep();
        sweep();
        assertThat(open(KEY)).isInstanceOf(Opened.class);
    }

    @Test
    void collectsNothingOfWhatItDoesNotKnow() {
        assertThat(collect(KEY)).isEmpty();
    }

    @Test
    void tellsEverybodyTheEndWhenItStops() {
        pull(KEY, 0, puller);
        open(OTHER);
        append(OTHER, "a");
        pull(OTHER, 1, otherPuller);
        buffer.signal(PostStop.instance());
        assertThat(puller.receiveMessage()).isEqualTo(new Pulled.Ended(KEY, 0));
        assertThat(otherPuller.receiveMessage()).isEqualTo(new Pulled.Ended(OTHER, 1));
    }

    @Test
    void sweepsAsOftenAsTheGraceIsLong() {
        var timer = buffer.expectEffectClass(Effect.TimerScheduled.class);
        assertThat(timer.duration()).isEqualTo(SMALL.grace());
    }

    private BehaviorTestKit<PartBuffer.Command> buffer(Publish publish) {
        return BehaviorTestKit.create(PartBuffer.create(log, publish, SMALL, count -> {}));
    }

    /** The log answers the buffer's own mailbox. */
    private static void tell(BehaviorTestKit<PartBuffer.Command> to, PartBuffer.Command command) {
        to.run(command);
        runAll(to);
    }

    private static void runAll(BehaviorTestKit<PartBuffer.Command> to) {
        while (to.selfInbox().hasMessages()) {
            to.runOne();
        }
    }

    private Opening open(EpisodeKey key) {
        tell(buffer, new PartBuffer.Open(key, 1, opener.getRef()));
        return opener.receiveMessage();
    }

    private Ack append(EpisodeKey key, String... pieces) {
        TestInbox<Ack> inbox = TestInbox.create();
        tell(buffer, new PartBuffer.Append(key, texts(pieces), null, inbox.getRef()));
        return inbox.receiveMessage();
    }

    private void close(EpisodeKey key) {
        buffer.run(new PartBuffer.Close(key));
    }

    private void pull(EpisodeKey key, long afterSeq, TestInbox<Pulled> inbox) {
        buffer.run(new PartBuffer.Pull(key, afterSeq, inbox.getRef()));
    }

    private Pulled pullNow(EpisodeKey key, long afterSeq) {
        TestInbox<Pulled> inbox = TestInbox.create();
        pull(key, afterSeq, inbox);
        return inbox.receiveMessage();
    }

    private Pulled peek(EpisodeKey key, long afterSeq) {
        TestInbox<Pulled> inbox = TestInbox.create();
        buffer.run(new PartBuffer.Peek(key, afterSeq, inbox.getRef()));
        return inbox.receiveMessage();
    }

    private List<Part> collect(EpisodeKey key) {
        TestInbox<PartBuffer.Collected> inbox = TestInbox.create();
        buffer.run(new PartBuffer.Collect(key, inbox.getRef()));
        return inbox.receiveMessage().parts();
    }

    private void sweep() {
        buffer.run(new PartBuffer.Sweep());
    }

    private static Pulled.Parts parts(EpisodeKey key, long firstSeq, String... pieces) {
        return new Pulled.Parts(key, firstSeq, texts(pieces));
    }

    private static List<Part> texts(String... pieces) {
        return List.of(pieces).stream().<Part>map(Part.Text::new).toList();
    }

    private static <T> ActorRef<T> ignore() {
        return TestInbox.<T>create().getRef();
    }
}
