package dev.baton.gateway.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.baton.gateway.stream.RunnerNodes;
import dev.baton.persistence.chat.ChatHint;
import dev.baton.persistence.chat.NodeId;
import dev.baton.runner.RunnerSupervisor;

/**
 * Takes what a chat says of itself to those who run it: this node's supervisor, and that of the node that holds the chat,
 * which may be another.
 */
final class HintRouter {

    private HintRouter() {}

    static Behavior<ChatHint> create(NodeId here, RunnerNodes nodes) {
        ActorRef<RunnerSupervisor.Command> local = nodes.here().supervisor();
        return Behaviors.receiveMessage(hint -> {
            var observed = new RunnerSupervisor.Observed(hint);
            local.tell(observed);
            NodeId runner = hint.runner();
            if (runner != null && !runner.equals(here)) {
                nodes.at(runner).supervisor().tell(observed);
            }
            return Behaviors.same();
        });
    }
}
