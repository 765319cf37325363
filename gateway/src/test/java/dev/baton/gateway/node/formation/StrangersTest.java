package dev.baton.gateway.node.formation;

import static dev.baton.gateway.node.formation.Rows.ONE;
import static dev.baton.gateway.node.formation.Rows.SELF;
import static dev.baton.gateway.node.formation.Rows.START;
import static dev.baton.gateway.node.formation.Rows.nodes;
import static dev.baton.gateway.node.formation.Rows.row;
import static dev.baton.persistence.membership.NodeState.JOINING;
import static dev.baton.persistence.membership.NodeState.LEAVING;
import static dev.baton.persistence.membership.NodeState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.persistence.membership.NodeRow;
import dev.baton.persistence.membership.NodeState;
import dev.baton.persistence.membership.NodeTable;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StrangersTest {
    private final Strangers strangers = new Strangers();

    @Test
    void aNodeThatLivesElsewhereForAWhileIsToldOfOnce() {
        assertThat(strangers.among(seen(UP, 0), Set.of(SELF))).isEmpty();
        assertThat(strangers.among(seen(UP, 4), Set.of(SELF))).isEmpty();
        assertThat(strangers.among(seen(UP, 5), Set.of(SELF)))
                .extracting(NodeRow::node)
                .containsExactly(ONE);
        assertThat(strangers.among(seen(UP, 60), Set.of(SELF))).isEmpty();
    }

    @Test
    void aNodeThatBecomesAMemberIsNone() {
        assertThat(strangers.among(seen(UP, 0), Set.of(SELF))).isEmpty();
        assertThat(strangers.among(seen(UP, 10), Set.of(SELF, ONE))).isEmpty();
        assertThat(strangers.among(seen(UP, 20), Set.of(SELF))).isEmpty();
    }

    @Test
    void theRowOfADeadNodeIsNone() {
        for (int look = 0; look < 5; look++) {
            assertThat(strangers.among(seen(UP, 0), Set.of(SELF))).isEmpty();
        }
    }

    @Test
    void whoComesOrGoesIsNone() {
        for (int second = 0; second < 60; second += 3) {
            assertThat(strangers.among(seen(JOINING, second), Set.of(SELF))).isEmpty();
            assertThat(strangers.among(seen(LEAVING, second), Set.of(SELF))).isEmpty();
        }
    }

    private static NodeTable.Nodes seen(NodeState state, int second) {
        return nodes(row(SELF, UP), row(ONE, state, START.plusSeconds(second), Duration.ofMillis(10)));
    }
}
