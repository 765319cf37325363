package dev.baton.gateway.node.death;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.chat.NodeId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LossSignsTest {
    private static final NodeId NODE = new NodeId("akka://baton@127.0.0.1:1#1");

    private final AtomicLong nanos = new AtomicLong(5);
    private final LossSigns signs = new LossSigns(nanos::get);

    @Test
    void countsFromTheFirstSign() {
        signs.lost(NODE);
        nanos.addAndGet(1_000_000);
        signs.lost(NODE);
        nanos.addAndGet(1_000_000);
        assertThat(signs.lostFor(NODE)).contains(Duration.ofMillis(2));
    }

    @Test
    void aNodeThatIsThereAgainWasNotLost() {
        signs.lost(NODE);
        signs.found(NODE);
        assertThat(signs.lostFor(NODE)).isEmpty();
    }

    @Test
    void knowsNothingOfOthers() {
        signs.lost(NODE);
        assertThat(signs.lostFor(new NodeId("akka://baton@127.0.0.1:1#2"))).isEmpty();
    }

    @Test
    void forgetsTheOldest() {
        signs.lost(NODE);
        for (int i = 0; i < 1000; i++) {
            signs.lost(new NodeId("akka://baton@127.0.0.1:2#" + i));
        }
        assertThat(signs.lostFor(NODE)).isEmpty();
    }
}
