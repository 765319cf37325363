package dev.baton.persistence.downed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.schema.Database;
import dev.baton.persistence.schema.DatabaseException;
import dev.baton.persistence.schema.TestDatabase;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What both databases decide in the same way. */
abstract class DownedNodesContract {
    static final NodeId ONE = new NodeId("akka://baton@127.0.0.1:25520#1");
    static final NodeId TWO = new NodeId("akka://baton@127.0.0.1:25521#2");
    static final NodeId THREE = new NodeId("akka://baton@127.0.0.1:25522#18446744073709551615");

    private final TestDatabase test = create();
    final Database database = test.open();
    final DownedNodes nodes = new DownedNodes(database);

    abstract TestDatabase create();

    @AfterEach
    void drop() {
        test.close();
    }

    @Test
    void nobodyIsDownAtFirst() {
        assertThat(goesOn(ONE)).isTrue();
    }

    @Test
    void whoIsDeclaredDownStaysDown() {
        assertThat(nodes.down(ONE, Set.of(TWO, THREE))).isTrue();
        assertThat(goesOn(ONE)).isTrue();
        assertThat(goesOn(TWO)).isFalse();
        assertThat(goesOn(THREE)).isFalse();
    }

    @Test
    void whoIsDownDeclaresNobodyDown() {
        nodes.down(ONE, Set.of(TWO));
        assertThat(nodes.down(TWO, Set.of(ONE, THREE))).isFalse();
        assertThat(goesOn(ONE)).isTrue();
        assertThat(goesOn(THREE)).isTrue();
    }

    @Test
    void sayingItAgainChangesNothing() {
        nodes.down(ONE, Set.of(TWO));
        assertThat(nodes.down(ONE, Set.of(TWO, THREE))).isTrue();
        assertThat(nodes.down(THREE, Set.of(TWO))).isFalse();
        assertThat(goesOn(TWO)).isFalse();
    }

    @Test
    void theNextLifeAtTheSameAddressIsAnotherOne() {
        nodes.down(ONE, Set.of(TWO));
        assertThat(goesOn(new NodeId(TWO.address() + "#3"))).isTrue();
    }

    @Test
    void aDatabaseThatIsAwayDecidesNothing() {
        database.close();
        assertThatThrownBy(() -> goesOn(ONE)).isInstanceOf(DatabaseException.class);
    }

    final boolean goesOn(NodeId node) {
        return nodes.down(node, Set.of());
    }
}
