package dev.baton.runner.episode;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.Effect;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.runner.episode.PartBuffer.Ack;
import dev.baton.runner.episode.PartBuffer.Opening.Taken;
import dev.baton.runner.episode.PartBuffer.Pulled;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartBufferTest extends PartBufferScene {
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
    void collectsNothingOfWhatItDoesNotKnow() {
        assertThat(collect(KEY)).isEmpty();
    }

    @Test
    void sweepsAsOftenAsTheGraceIsLong() {
        var timer = buffer.expectEffectClass(Effect.TimerScheduled.class);
        assertThat(timer.duration()).isEqualTo(SMALL.grace());
    }
}
