package dev.baton.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.FishingOutcomes;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.EpisodeKey;
import dev.baton.persistence.chat.Part;
import dev.baton.runner.episode.PartBuffer;
import dev.baton.runner.episode.PartBuffer.Pulled;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PartRelaysTest {
    private static final ChatId CHAT = new ChatId(new UUID(0, 1));
    private static final EpisodeKey OLD = new EpisodeKey(CHAT, 5, 1);
    private static final EpisodeKey KEY = new EpisodeKey(CHAT, 5, 2);
    private static final EpisodeKey NEW = new EpisodeKey(CHAT, 9, 1);

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<PartBuffer.Command> source = kit.createTestProbe();
    private final TestProbe<Pulled> one = kit.createTestProbe();
    private final TestProbe<Pulled> two = kit.createTestProbe();
    private final PartRelays.Mirrored mirrored = new PartRelays.Mirrored(source.ref(), CHAT);
    private ActorRef<PartRelays.Command> relays = kit.spawn(PartRelays.create(Duration.ofMinutes(1)));

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void askOnceForAllWhoWait() {
        pull(KEY, 0, one);
        pull(KEY, 0, two);
        ActorRef<Pulled> relay = asked(KEY, 0);
        nothingElseWasAsked();
        relay.tell(parts(KEY, 1, "a", "b"));
        for (TestProbe<Pulled> stream : List.of(one, two)) {
            stream.expectMessage(parts(KEY, 1, "a", "b"));
            pull(KEY, 2, stream);
        }
        assertThat(asked(KEY, 2)).isEqualTo(relay);
        nothingElseWasAsked();
    }

    @Test
    void askNothingWhileNobodyWaits() {
        pull(KEY, 0, one);
        asked(KEY, 0).tell(parts(KEY, 1, "a"));
        one.receiveMessage();
        pull(KEY, 0, two);
        two.expectMessage(parts(KEY, 1, "a"));
        nothingElseWasAsked();
    }

    @Test
    void keepNoMoreThanABoundAndSendOnWhoIsFurtherBehind() {
        pull(KEY, 0, one);
        ActorRef<Pulled> relay = asked(KEY, 0);
        String[] page = IntStream.range(0, 256).mapToObj(i -> "x").toArray(String[]::new);
        for (int i = 0; i < 3; i++) {
            relay.tell(parts(KEY, 1 + 256L * i, page));
            one.receiveMessage();
            pull(KEY, 256L * (i + 1), one);
            asked(KEY, 256L * (i + 1));
        }
        pull(KEY, 256, two);
        two.expectMessage(parts(KEY, 257, page));
        pull(KEY, 255, two);
        assertThat(source.receiveMessage()).isEqualTo(new PartBuffer.Pull(KEY, 255, two.ref()));
        relay.tell(parts(KEY, 769, "y"));
        one.expectMessage(parts(KEY, 769, "y"));
    }

    @Test
    void answerAllQuestionsForTheRestAtOnce() {
        pull(KEY, 4, one);
        asked(KEY, 4);
        peek(KEY, 4, one);
        peek(KEY, 4, two);
        var peek = source.expectMessageClass(PartBuffer.Peek.class);
        assertThat(peek.afterSeq()).isEqualTo(4);
        nothingElseWasAsked();
        peek.replyTo().tell(new Pulled.Ended(KEY, 4));
        one.expectMessage(new Pulled.Ended(KEY, 4));
        two.expectMessage(new Pulled.Ended(KEY, 4));
    }

    @Test
    void turnToTheNewerEpisodeAndDropWhatIsStale() {
        pull(KEY, 0, one);
        ActorRef<Pulled> relay = asked(KEY, 0);
        pull(NEW, 0, two);
        assertThat(source.receiveMessage()).isEqualTo(new PartBuffer.Pull(KEY, 0, one.ref()));
        assertThat(asked(NEW, 0)).isEqualTo(relay);
        relay.tell(parts(KEY, 1, "stale"));
        relay.tell(parts(NEW, 1, "fresh"));
        two.expectMessage(parts(NEW, 1, "fresh"));
        pull(OLD, 0, one);
        assertThat(source.receiveMessage()).isEqualTo(new PartBuffer.Pull(OLD, 0, one.ref()));
    }

    @Test
    void useWhatComesTwiceOnce() {
        pull(KEY, 0, one);
        ActorRef<Pulled> relay = asked(KEY, 0);
        relay.tell(parts(KEY, 1, "a", "b"));
        one.receiveMessage();
        pull(KEY, 2, one);
        asked(KEY, 2);
        relay.tell(parts(KEY, 1, "a", "b"));
        relay.tell(parts(KEY, 5, "e"));
        relay.tell(parts(KEY, 1, "a", "b", "c"));
        one.expectMessage(parts(KEY, 3, "c"));
    }

    @Test
    void askAgainForWhatGotLostBetweenTheNodes() {
        relays = kit.spawn(PartRelays.create(Duration.ofMillis(5)));
        pull(KEY, 0, one);
        asked(KEY, 0);
        asked(KEY, 0).tell(parts(KEY, 1, "a"));
        one.expectMessage(parts(KEY, 1, "a"));
    }

    @Test
    void tellEverybodyThatPartsAreLostAndBeginAnew() {
        pull(KEY, 7, one);
        pull(KEY, 7, two);
        ActorRef<Pulled> relay = asked(KEY, 7);
        nothingElseWasAsked();
        relay.tell(new Pulled.Lost(KEY, 3));
        one.expectMessage(new Pulled.Lost(KEY, 3));
        two.expectMessage(new Pulled.Lost(KEY, 3));
        pull(KEY, 0, one);
        asked(KEY, 0);
    }

    @Test
    void haveARelayForEachNodeAChatIsMirroredFrom() {
        TestProbe<PartBuffer.Command> next = kit.createTestProbe();
        pull(KEY, 0, one);
        ActorRef<Pulled> relay = asked(KEY, 0);
        relays.tell(
                new PartRelays.Ask(new PartRelays.Mirrored(next.ref(), CHAT), new PartBuffer.Pull(KEY, 3, two.ref())));
        var pull = next.expectMessageClass(PartBuffer.Pull.class);
        assertThat(pull.afterSeq()).isEqualTo(3);
        relay.tell(parts(KEY, 1, "a"));
        pull.replyTo().tell(parts(KEY, 4, "d"));
        one.expectMessage(parts(KEY, 1, "a"));
        two.expectMessage(parts(KEY, 4, "d"));
    }

    @Test
    void endARelayWithTheLastWhoAsks() {
        relays = kit.spawn(PartRelays.create(Duration.ofMillis(5)));
        pull(KEY, 0, one);
        ActorRef<Pulled> relay = asked(KEY, 0);
        relays.tell(new PartRelays.Ask(mirrored, new PartBuffer.CancelPull(one.ref())));
        one.expectTerminated(relay, StreamScene.PATIENCE);
        source.fishForMessage(
                StreamScene.PATIENCE,
                message -> message.equals(new PartBuffer.CancelPull(relay))
                        ? FishingOutcomes.complete()
                        : FishingOutcomes.continueAndIgnore());
        pull(KEY, 0, one);
        assertThat(asked(KEY, 0)).isNotEqualTo(relay);
    }

    @Test
    void doWithoutTheRestAsSoonAsItsNodeIsGone() {
        pull(KEY, 4, one);
        asked(KEY, 4);
        peek(KEY, 4, two);
        source.expectMessageClass(PartBuffer.Peek.class);
        source.stop();
        two.expectMessage(new Pulled.Ended(KEY, 0));
        peek(KEY, 4, one);
        one.expectMessage(new Pulled.Ended(KEY, 0));
        peek(OLD, 1, two);
        two.expectMessage(new Pulled.Ended(OLD, 0));
    }

    @Test
    void stillShowWhatTheyHaveOfANodeThatIsGone() {
        pull(KEY, 0, one);
        asked(KEY, 0).tell(parts(KEY, 1, "a", "b"));
        one.expectMessage(parts(KEY, 1, "a", "b"));
        source.stop();
        peek(KEY, 2, one);
        one.expectMessage(new Pulled.Ended(KEY, 0));
        peek(KEY, 1, two);
        two.expectMessage(parts(KEY, 2, "b"));
    }

    private void pull(EpisodeKey key, long after, TestProbe<Pulled> stream) {
        relays.tell(new PartRelays.Ask(mirrored, new PartBuffer.Pull(key, after, stream.ref())));
    }

    private void peek(EpisodeKey key, long after, TestProbe<Pulled> stream) {
        relays.tell(new PartRelays.Ask(mirrored, new PartBuffer.Peek(key, after, stream.ref())));
    }

    /** The next question is a relay's own; returns where its answer goes. */
    private ActorRef<Pulled> asked(EpisodeKey key, long after) {
        var pull = source.expectMessageClass(PartBuffer.Pull.class);
        assertThat(pull).isEqualTo(new PartBuffer.Pull(key, after, pull.replyTo()));
        assertThat(pull.replyTo()).isNotIn(one.ref(), two.ref());
        return pull.replyTo();
    }

    /** Questions are taken in order, and one that the relay cannot answer shows that none was handed on before it. */
    private void nothingElseWasAsked() {
        TestProbe<Pulled> third = kit.createTestProbe();
        pull(OLD, 77, third);
        assertThat(source.receiveMessage()).isEqualTo(new PartBuffer.Pull(OLD, 77, third.ref()));
    }

    private static Pulled.Parts parts(EpisodeKey key, long firstSeq, String... pieces) {
        return new Pulled.Parts(
                key, firstSeq, Stream.of(pieces).<Part>map(Part.Text::new).toList());
    }
}
