package dev.baton.gateway.node.formation;

import static dev.baton.gateway.node.death.LifeCheck.Verdict.DEAD;
import static dev.baton.gateway.node.death.LifeCheck.Verdict.LIVES;
import static dev.baton.gateway.node.death.LifeCheck.Verdict.SILENT;
import static dev.baton.gateway.node.formation.Rows.ONE;
import static dev.baton.gateway.node.formation.Rows.SELF;
import static dev.baton.gateway.node.formation.Rows.START;
import static dev.baton.gateway.node.formation.Rows.TWO;
import static dev.baton.gateway.node.formation.Rows.founder;
import static dev.baton.gateway.node.formation.Rows.nodes;
import static dev.baton.gateway.node.formation.Rows.row;
import static dev.baton.persistence.membership.NodeState.JOINING;
import static dev.baton.persistence.membership.NodeState.LEAVING;
import static dev.baton.persistence.membership.NodeState.UP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.gateway.node.formation.RollCall.FormOne;
import dev.baton.gateway.node.formation.RollCall.GoOnForming;
import dev.baton.gateway.node.formation.RollCall.JoinAt;
import dev.baton.gateway.node.formation.RollCall.Outcome;
import dev.baton.persistence.membership.NodeRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RollCallTest {
    private static final Duration BOUND = Duration.ofSeconds(15);
    private static final Duration MOMENT = Duration.ofMillis(1);

    private final RollCall roll = new RollCall(SELF, BOUND);

    @Test
    void aNodeThatIsAloneFormsACluster() {
        assertThat(roll.call(nodes(row(SELF, JOINING)), Map.of())).isEqualTo(new Outcome(new FormOne(7), List.of()));
    }

    @Test
    void nodesThatLookForAClusterThemselvesAreNone() {
        assertThat(roll.call(nodes(row(SELF, JOINING), row(ONE, JOINING)), Map.of(ONE, LIVES)))
                .isEqualTo(new Outcome(new FormOne(7), List.of()));
    }

    @Test
    void aNodeThatLivesInAClusterIsJoined() {
        NodeRow one = row(ONE, UP);
        assertThat(roll.call(nodes(one, row(TWO, JOINING)), Map.of(ONE, LIVES, TWO, LIVES)))
                .isEqualTo(new Outcome(new JoinAt(List.of(one)), List.of()));
    }

    @Test
    void aNodeThatIsAboutToFormAClusterIsJoined() {
        assertThat(roll.call(nodes(founder(ONE)), Map.of(ONE, LIVES)))
                .isEqualTo(new Outcome(new JoinAt(List.of(founder(ONE))), List.of()));
    }

    @Test
    void aFounderGoesOnFormingWhateverOthersSay() {
        assertThat(roll.call(nodes(founder(SELF), row(ONE, LEAVING)), Map.of(ONE, LIVES))
                        .step())
                .isEqualTo(new GoOnForming());
    }

    @Test
    void nodesThatLeaveAreJoinedOnlyWhenThereIsNoOther() {
        NodeRow leaving = row(ONE, LEAVING);
        NodeRow up = row(TWO, UP);
        assertThat(roll.call(nodes(leaving, up), Map.of(ONE, LIVES, TWO, LIVES)).step())
                .isEqualTo(new JoinAt(List.of(up)));
        assertThat(roll.call(nodes(leaving), Map.of(ONE, LIVES)).step()).isEqualTo(new JoinAt(List.of(leaving)));
    }

    @Test
    void provedDeathCountsAtOnce() {
        NodeRow one = row(ONE, UP);
        assertThat(roll.call(nodes(one, founder(TWO)), Map.of(ONE, DEAD, TWO, DEAD)))
                .isEqualTo(new Outcome(new FormOne(7), List.of(ONE, TWO)));
    }

    @Test
    void aNodeThatAnswersLivesHoweverOldItsRowIs() {
        NodeRow old = row(ONE, UP, START, BOUND.multipliedBy(4));
        for (int call = 0; call < 3; call++) {
            assertThat(roll.call(nodes(old), Map.of(ONE, LIVES)).step()).isEqualTo(new JoinAt(List.of(old)));
        }
    }

    @Test
    void silenceCountsAfterTheBoundAndOnlyWhenTheRowStaysAsItIs() {
        NodeRow fresh = row(ONE, UP, START, BOUND.minus(MOMENT));
        NodeRow old = row(ONE, UP, START, BOUND);
        assertThat(roll.call(nodes(fresh), Map.of(ONE, SILENT)).dead()).isEmpty();
        assertThat(roll.call(nodes(old), Map.of(ONE, SILENT)).dead()).containsExactly(ONE);
    }

    @Test
    void anOldRowIsGivenTheChanceToBeRefreshed() {
        NodeRow old = row(ONE, UP, START, BOUND.multipliedBy(4));
        NodeRow refreshed = row(ONE, UP, START.plus(BOUND.multipliedBy(4)), MOMENT);
        assertThat(roll.call(nodes(old), Map.of(ONE, SILENT)).step()).isEqualTo(new JoinAt(List.of(old)));
        assertThat(roll.call(nodes(refreshed), Map.of(ONE, SILENT)).step()).isEqualTo(new JoinAt(List.of(refreshed)));
        assertThat(roll.call(nodes(old), Map.of(ONE, SILENT)).dead()).isEmpty();
        assertThat(roll.call(nodes(old), Map.of()).dead()).containsExactly(ONE);
    }
}
