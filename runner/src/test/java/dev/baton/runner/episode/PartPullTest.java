package dev.baton.runner.episode;

import static dev.baton.runner.Samples.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.typed.PostStop;
import dev.baton.persistence.chat.Part;
import dev.baton.persistence.parts.PartSettings.Publish;
import dev.baton.runner.episode.PartBuffer.Opening.Opened;
import dev.baton.runner.episode.PartBuffer.Pulled;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class PartPullTest extends PartBufferScene {
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
    void canBeginAnEpisodeThatWasOnlyWaitedFor() {
        pull(KEY, 0, puller);
        sweep();
        sweep();
        sweep();
        assertThat(open(KEY)).isInstanceOf(Opened.class);
    }
}
