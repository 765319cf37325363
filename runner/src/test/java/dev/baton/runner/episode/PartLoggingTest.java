package dev.baton.runner.episode;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.parts.PartSettings.Publish;
import dev.baton.persistence.parts.Told;
import dev.baton.runner.episode.PartBuffer.Ack;
import dev.baton.runner.episode.PartBuffer.Opening;
import dev.baton.runner.episode.PartBuffer.Opening.Opened;
import dev.baton.runner.episode.PartBuffer.Opening.Taken;
import dev.baton.runner.episode.PartBuffer.Pulled;
import org.junit.jupiter.api.Test;

class PartLoggingTest extends PartBufferScene {
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
    void whatMayNotBeAllThatWasShownIsNotShownAgain() {
        BehaviorTestKit<PartBuffer.Command> quick = buffer(Publish.IMMEDIATE);
        tell(quick, new PartBuffer.Open(KEY, 1, ignore()));
        tell(quick, new PartBuffer.Append(KEY, texts("a"), null, ignore()));
        BehaviorTestKit<PartBuffer.Command> next = buffer(Publish.IMMEDIATE);
        tell(next, new PartBuffer.Pull(KEY, 2, puller.getRef()));
        tell(next, new PartBuffer.Open(KEY, 2, opener.getRef()));
        assertThat(((Opened) opener.receiveMessage()).logged().exact()).isFalse();
        assertThat(puller.hasMessages())
                .as("who saw more is told once, by the next attempt")
                .isFalse();
        tell(next, new PartBuffer.Close(KEY));
        assertThat(puller.receiveMessage()).isInstanceOf(Pulled.Ended.class);
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
}
