package dev.baton.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.episode.PartBuffer.Pulled;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PartPullsTest {
    private static final ChatId CHAT = new ChatId(new UUID(0, 1));
    private static final EpisodeKey KEY = new EpisodeKey(CHAT, 5, 1);
    private static final EpisodeKey NEXT = new EpisodeKey(CHAT, 5, 2);

    private final List<PartBuffer.Command> asked = new ArrayList<>();
    private final TestInbox<Pulled> answers = TestInbox.create();
    private final PartPulls pulls = new PartPulls(asked::add, answers.getRef());

    @Test
    void askOnceForWhatComesNextAndGiveItOnce() {
        assertThat(pulls.after(KEY, 2)).isEmpty();
        assertThat(pulls.after(KEY, 2)).isEmpty();
        assertThat(asked).containsExactly(pull(KEY, 2));
        pulls.on(parts(KEY, 3));
        assertThat(pulls.after(KEY, 2)).contains(parts(KEY, 3));
        assertThat(pulls.waits()).isFalse();
        assertThat(pulls.after(KEY, 3)).isEmpty();
        assertThat(asked).containsExactly(pull(KEY, 2), pull(KEY, 3));
    }

    @Test
    void useNoAnswerToAnotherQuestion() {
        pulls.after(KEY, 2);
        pulls.on(parts(NEXT, 3));
        assertThat(pulls.waits()).isTrue();
        pulls.on(parts(KEY, 9));
        assertThat(pulls.after(KEY, 2)).isEmpty();
        assertThat(asked).containsExactly(pull(KEY, 2), pull(KEY, 2));
    }

    @Test
    void askNoMoreOfWhatHasEndedUntilAnotherRunnerHasTheChat() {
        pulls.after(KEY, 2);
        pulls.on(new Pulled.Ended(KEY, 2));
        assertThat(pulls.after(KEY, 2)).isEmpty();
        assertThat(asked).hasSize(1);
        pulls.from(asked::add, answers.getRef());
        assertThat(pulls.after(KEY, 2)).isEmpty();
        assertThat(asked).hasSize(2);
    }

    @Test
    void askAgainAsOftenAsItTakesForWhatTheRunnerWillSay() {
        pulls.after(KEY, 2);
        for (int i = 0; i < 3; i++) {
            pulls.look();
        }
        assertThat(asked).hasSize(4).containsOnly(pull(KEY, 2));
        assertThat(pulls.waits()).isTrue();
    }

    @Test
    void doWithoutTheRestOfAStepThatNobodyHasAnyMore() {
        pulls.after(KEY, 2);
        pulls.look();
        assertThat(pulls.rest(KEY, 2)).isEmpty();
        pulls.look();
        assertThat(pulls.rest(KEY, 2)).isEmpty();
        pulls.look();
        assertThat(pulls.rest(KEY, 2)).contains(new Pulled.Ended(KEY, 0));
        var peek = new PartBuffer.Peek(KEY, 2, answers.getRef());
        assertThat(asked)
                .containsExactly(pull(KEY, 2), pull(KEY, 2), new PartBuffer.CancelPull(answers.getRef()), peek, peek);
    }

    @Test
    void sayThatPartsAreLost() {
        pulls.after(KEY, 2);
        pulls.on(new Pulled.Lost(KEY, 1));
        assertThat(pulls.after(KEY, 2)).contains(new Pulled.Lost(KEY, 1));
    }

    private PartBuffer.Pull pull(EpisodeKey key, long after) {
        return new PartBuffer.Pull(key, after, answers.getRef());
    }

    private static Pulled.Parts parts(EpisodeKey key, long firstSeq) {
        return new Pulled.Parts(key, firstSeq, List.of(new Part.Text("x")));
    }
}
