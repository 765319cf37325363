package dev.baton.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import dev.baton.gateway.stream.RunnerNodes;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.NodeId;
import dev.baton.persistence.chat.Status;
import dev.baton.runner.RunnerSupervisor;
import dev.baton.runner.episode.PartBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HintRouterTest {
    private static final NodeId HERE = new NodeId("akka://baton@127.0.0.1:25520#1");
    private static final NodeId THERE = new NodeId("akka://baton@127.0.0.1:25521#2");

    private final TestInbox<RunnerSupervisor.Command> here = TestInbox.create("here");
    private final TestInbox<RunnerSupervisor.Command> there = TestInbox.create("there");
    private final TestInbox<PartBuffer.Command> parts = TestInbox.create("parts");
    private final BehaviorTestKit<ChatHint> router = BehaviorTestKit.create(HintRouter.create(HERE, new Nodes()));

    @Test
    void tellsThisNodeAndTheOneThatRunsTheChat() {
        ChatHint hint = hint(THERE);
        router.run(hint);
        assertThat(here.getAllReceived()).containsExactly(new RunnerSupervisor.Observed(hint));
        assertThat(there.getAllReceived()).containsExactly(new RunnerSupervisor.Observed(hint));
    }

    @Test
    void tellsNobodyElseWhenTheChatRunsHereOrNowhere() {
        router.run(hint(HERE));
        router.run(hint(null));
        assertThat(here.getAllReceived()).hasSize(2);
        assertThat(there.hasMessages()).isFalse();
    }

    private static ChatHint hint(@Nullable NodeId runner) {
        return new ChatHint(new ChatId(new UUID(0, 1)), "ann", 5, 3, Status.RUNNING, false, 1, 1, runner);
    }

    private final class Nodes implements RunnerNodes {
        @Override
        public RunnerNode here() {
            return new RunnerNode(parts.getRef(), here.getRef());
        }

        @Override
        public RunnerNode at(NodeId node) {
            assertThat(node).isEqualTo(THERE);
            return new RunnerNode(parts.getRef(), there.getRef());
        }
    }
}
