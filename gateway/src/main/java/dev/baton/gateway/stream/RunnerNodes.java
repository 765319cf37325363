package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.ActorSystem;
import dev.baton.persistence.chat.NodeId;
import dev.baton.runner.RunnerSupervisor;
import dev.baton.runner.episode.PartBuffer;

/** Where to ask for what the runner of a chat says and waits for: on its own node, which may be another than this. */
public interface RunnerNodes {

    /** What a node has of its runners. */
    record RunnerNode(ActorRef<PartBuffer.Command> parts, ActorRef<RunnerSupervisor.Command> supervisor) {}

    /** This node. */
    RunnerNode here();

    /** The node of that name; whether it is alive is not known. */
    RunnerNode at(NodeId node);

    /** A node that is alone. */
    static RunnerNodes only(RunnerNode here) {
        return new RunnerNodes() {
            @Override
            public RunnerNode here() {
                return here;
            }

            @Override
            public RunnerNode at(NodeId node) {
                return here;
            }
        };
    }

    /** The nodes of {@code system}'s cluster, each of which has what {@code here} has under the same paths. */
    static RunnerNodes of(ActorSystem<?> system, NodeId self, RunnerNode here) {
        ActorRefResolver resolver = ActorRefResolver.get(system);
        String parts = here.parts().path().toStringWithoutAddress();
        String supervisor = here.supervisor().path().toStringWithoutAddress();
        return new RunnerNodes() {
            @Override
            public RunnerNode here() {
                return here;
            }

            @Override
            public RunnerNode at(NodeId node) {
                return node.equals(self)
                        ? here
                        : new RunnerNode(
                                resolver.resolveActorRef(node.address() + parts),
                                resolver.resolveActorRef(node.address() + supervisor));
            }
        };
    }
}
