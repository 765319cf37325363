package dev.baton.gateway.node.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SilenceTest {
    private static final NodeId OLDEST = new NodeId("akka://baton@a:1#1");
    private static final NodeId MIDDLE = new NodeId("akka://baton@b:1#2");
    private static final NodeId YOUNGEST = new NodeId("akka://baton@c:1#3");
    private static final NodeId JOINING = new NodeId("akka://baton@d:1#4");
    private static final List<NodeId> THREE = List.of(OLDEST, MIDDLE, YOUNGEST);
    private static final List<NodeId> TWO = List.of(OLDEST, MIDDLE);

    private final Silence silence = new Silence(new SplitSettings(Duration.ofSeconds(1), Duration.ofSeconds(2)));

    @Test
    void nothingIsDecidedWhileEveryoneIsThere() {
        assertThat(due(OLDEST, THREE, Set.of(), 0)).isEmpty();
        assertThat(due(OLDEST, THREE, Set.of(), 100_000)).isEmpty();
    }

    @Test
    void theLargerPartAsksWhenTheSilenceHasLasted() {
        assertThat(due(OLDEST, THREE, Set.of(YOUNGEST), 5_000)).isEmpty();
        assertThat(due(OLDEST, THREE, Set.of(YOUNGEST), 5_999)).isEmpty();
        assertThat(due(OLDEST, THREE, Set.of(YOUNGEST), 6_000)).containsExactly(YOUNGEST);
    }

    @Test
    void theSmallerPartAsksLater() {
        due(OLDEST, THREE, Set.of(MIDDLE, YOUNGEST), 0);
        assertThat(due(OLDEST, THREE, Set.of(MIDDLE, YOUNGEST), 2_999)).isEmpty();
        assertThat(due(OLDEST, THREE, Set.of(MIDDLE, YOUNGEST), 3_000)).containsExactlyInAnyOrder(MIDDLE, YOUNGEST);
    }

    @Test
    void ofTwoHalvesTheOneWithTheOldestAsksFirst() {
        due(OLDEST, TWO, Set.of(MIDDLE), 0);
        assertThat(due(OLDEST, TWO, Set.of(MIDDLE), 1_000)).containsExactly(MIDDLE);

        var other = new Silence(new SplitSettings(Duration.ofSeconds(1), Duration.ofSeconds(2)));
        var view = new Silence.View(MIDDLE, TWO, Set.of(OLDEST));
        other.due(view, 0);
        assertThat(other.due(view, millis(2_999))).isEmpty();
        assertThat(other.due(view, millis(3_000))).containsExactly(OLDEST);
    }

    @Test
    void whoIsNotTheOldestOfItsPartLetsTheOldestAskFirst() {
        due(MIDDLE, THREE, Set.of(YOUNGEST), 0);
        assertThat(due(MIDDLE, THREE, Set.of(YOUNGEST), 1_299)).isEmpty();
        assertThat(due(MIDDLE, THREE, Set.of(YOUNGEST), 1_300)).containsExactly(YOUNGEST);
    }

    @Test
    void theWaitBeginsAnewWhenOthersFallSilent() {
        due(OLDEST, THREE, Set.of(YOUNGEST), 0);
        assertThat(due(OLDEST, THREE, Set.of(YOUNGEST, MIDDLE), 900)).isEmpty();
        assertThat(due(OLDEST, THREE, Set.of(YOUNGEST, MIDDLE), 1_500)).isEmpty();
    }

    @Test
    void whoWasHeardAgainHasAllItsTimeAgain() {
        due(OLDEST, THREE, Set.of(YOUNGEST), 0);
        due(OLDEST, THREE, Set.of(), 500);
        assertThat(due(OLDEST, THREE, Set.of(YOUNGEST), 1_200)).isEmpty();
    }

    @Test
    void aNodeThatComesAndGoesDoesNotProtectOneThatIsGone() {
        for (int millis = 0; millis < 3_000; millis += 200) {
            boolean gone = millis % 400 == 0;
            assertThat(due(OLDEST, THREE, gone ? Set.of(YOUNGEST, JOINING) : Set.of(YOUNGEST), millis))
                    .isEmpty();
        }
        assertThat(due(OLDEST, THREE, Set.of(YOUNGEST), 3_100)).containsExactly(YOUNGEST);
    }

    @Test
    void aNodeThatJoinsDoesNotCountButIsDeclaredDownWithTheOthers() {
        due(OLDEST, THREE, Set.of(YOUNGEST, JOINING), 0);
        assertThat(due(OLDEST, THREE, Set.of(YOUNGEST, JOINING), 1_000)).containsExactlyInAnyOrder(YOUNGEST, JOINING);
    }

    @Test
    void aNodeThatIsNoMemberYetOrAnyMoreAsksNothing() {
        due(JOINING, THREE, Set.of(YOUNGEST), 0);
        assertThat(due(JOINING, THREE, Set.of(YOUNGEST), 60_000)).isEmpty();
    }

    private Set<NodeId> due(NodeId self, List<NodeId> voters, Set<NodeId> silent, long millis) {
        return silence.due(new Silence.View(self, voters, silent), millis(millis));
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
