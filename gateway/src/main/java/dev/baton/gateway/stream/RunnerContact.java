package dev.baton.gateway.stream;

import akka.actor.typed.ActorRef;
import dev.baton.gateway.stream.RunnerNodes.RunnerNode;
import dev.baton.persistence.chat.ChatEvent;
import dev.baton.persistence.chat.ChatId;
import dev.baton.persistence.chat.Hold;
import dev.baton.persistence.journal.Chat;
import dev.baton.runner.RunnerSupervisor;
import dev.baton.runner.episode.PartBuffer;
import java.util.function.Consumer;

/**
 * One stream's contact with whoever runs its chat: says where parts come from, which is this node's own buffer or a relay
 * of another node's, and watches the chat's place in the line there.
 */
final class RunnerContact {
    private final ChatId chat;
    private final RunnerNodes nodes;
    private final ActorRef<PartRelays.Command> relays;
    private final ActorRef<RunnerSupervisor.Position> positions;
    private RunnerNode node;
    private long epoch;

    /** {@code hold}: as far as it is known. */
    RunnerContact(
            ChatId chat,
            Hold hold,
            RunnerNodes nodes,
            ActorRef<PartRelays.Command> relays,
            ActorRef<RunnerSupervisor.Position> positions) {
        this.chat = chat;
        this.nodes = nodes;
        this.relays = relays;
        this.positions = positions;
        this.node = hold.node() == null ? nodes.here() : nodes.at(hold.node());
        this.epoch = hold.epoch();
        node.supervisor().tell(new RunnerSupervisor.WatchPosition(chat, positions));
    }

    Consumer<PartBuffer.Command> parts() {
        ActorRef<PartBuffer.Command> buffer = node.parts();
        if (node.equals(nodes.here())) {
            return buffer::tell;
        }
        var mirrored = new PartRelays.Mirrored(buffer, chat);
        return question -> relays.tell(new PartRelays.Ask(mirrored, question));
    }

    /** True when these events bring a new runner; what was asked of the one before may never be answered. */
    boolean changesBy(Chat.Committed committed) {
        boolean changed = false;
        for (ChatEvent event : committed.events()) {
            if (event instanceof ChatEvent.RunnerAssigned assigned) {
                changed |= changesTo(new Hold(assigned.epoch(), assigned.node(), null));
            }
        }
        return changed;
    }

    /** True when that is a new runner. Nobody's hold, and one that is known to be over, changes nothing. */
    boolean changesTo(Hold hold) {
        if (hold.node() == null || hold.epoch() <= epoch) {
            return false;
        }
        epoch = hold.epoch();
        RunnerNode now = nodes.at(hold.node());
        if (!now.equals(node)) {
            end();
            node = now;
            node.supervisor().tell(new RunnerSupervisor.WatchPosition(chat, positions));
        }
        return true;
    }

    void end() {
        node.supervisor().tell(new RunnerSupervisor.UnwatchPosition(chat, positions));
    }
}
